#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "harness/model/snapshot.h"
#include "harness/openapi/snapshot.h"

using namespace plugvet;

namespace {

Json snapshot_of_api(const std::string& yaml) {
  const auto document = parse_yaml(yaml, "openapi.yaml");
  BOOST_REQUIRE(document);
  return {{"api", openapi::snapshot_of(*openapi::describe(*document))}};
}

std::vector<std::string> changes(const std::string& before, const std::string& after) {
  std::vector<std::string> said;
  for (const Change& change : changes_between(snapshot_of_api(before), snapshot_of_api(after)))
    said.push_back(std::string{name_of(change.kind)} + ": " + change.what);
  return said;
}

std::string api(const std::string& parameter, const std::string& more = "") {
  return "openapi: 3.0.1\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      parameters: [" +
         parameter + "]\n      responses: {'200': {description: Yes., content: {application/json: {schema: {type: object, "
                     "properties: {id: {type: string}" +
         more + "}}}}}}\n";
}

const std::string plain = "{name: q, in: query, schema: {type: string, maxLength: 9}}";

}  // namespace

BOOST_AUTO_TEST_SUITE(snapshots)

BOOST_AUTO_TEST_CASE(the_same_description_written_otherwise_is_no_change) {
  const std::string referred = api("{$ref: '#/components/parameters/Q'}") + "components: {parameters: {Q: " + plain + "}}\n";
  BOOST_TEST(changes(api(plain), api(plain)).empty());
  BOOST_TEST(changes(api(plain), referred).empty());
}

BOOST_AUTO_TEST_CASE(what_breaks_callers_is_told_from_what_does_not) {
  const auto only = [](const std::string& after, const std::string& wanted) {
    const auto said = changes(api(plain), after);
    BOOST_REQUIRE_EQUAL(said.size(), 1u);
    BOOST_TEST(said.front() == wanted);
  };
  only(api("{name: q, in: query, required: true, schema: {type: string, maxLength: 9}}"),
       "breaks: GET /a: \"query q\" is required now");
  only(api("{name: q, in: query, schema: {type: integer, maxLength: 9}}"), "breaks: GET /a: \"query q\" is of another type");
  only(api("{name: q, in: query, schema: {type: string, maxLength: 5}}"), "breaks: GET /a: \"query q\" is narrowed by maxLength");
  only(api("{name: q, in: query, schema: {type: string, maxLength: 99}}"), "differs: GET /a: \"query q\" has a wider maxLength");
  only(api("{name: q, in: query, schema: {type: string, maxLength: 9, enum: [a]}}"),
       "breaks: GET /a: \"query q\" takes a few values only");
  only(api(plain + ", {name: r, in: query, schema: {type: string}}"), "differs: GET /a: \"query r\" is new");
  only(api(plain + ", {name: r, in: query, required: true, schema: {type: string}}"),
       "breaks: GET /a: \"query r\" is new and required");
  only(api(""), "breaks: GET /a: \"query q\" is no longer taken");
  only(api("{name: q, in: query, description: New., schema: {type: string, maxLength: 9}}"),
       "text: GET /a: the description of \"query q\" says something else");
  only(api(plain, ", name: {type: string}"), "differs: GET /a: the answer has \"200.name\"");
}

BOOST_AUTO_TEST_CASE(what_a_file_holds_is_passed_over_where_it_is_nonsense) {
  const Json good = snapshot_of_api(api(plain));
  for (const char* text : {"null", "[]", "{\"api\": 1}", "{\"api\": {\"operations\": {\"GET /a\": 7}}}",
                           "{\"api\": {\"operations\": {\"GET /a\": {\"inputs\": {\"query q\": [1]}, \"answers\": 3}}}}",
                           "{\"manifest\": {\"/a\": {\"b\": 1}}}"}) {
    const Json bad = Json::parse(text);
    BOOST_CHECK_NO_THROW(changes_between(bad, good));
    BOOST_CHECK_NO_THROW(changes_between(good, bad));
  }
}

BOOST_AUTO_TEST_CASE(a_snapshot_has_no_secret_and_no_long_text) {
  auto document = parse_json("{\"auth\": {\"verification_tokens\": {\"openai\": \"abcdef0123456789\"}}, \"description_for_model\": \"" +
                                 std::string(5000, 'x') + "\"}",
                             "ai-plugin.json");
  BOOST_REQUIRE(document);
  const Json snapshot = manifest_snapshot(Manifest{*document, "", {}, ""});
  BOOST_TEST(snapshot.dump().find("abcdef0123456789") == std::string::npos);
  BOOST_TEST(snapshot.at("/description_for_model").get<std::string>().size() < 1100u);
}

BOOST_AUTO_TEST_CASE(a_description_in_circles_ends) {
  const Json snapshot = snapshot_of_api(
      "openapi: 3.0.1\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: Y, content: "
      "{application/json: {schema: {$ref: '#/components/schemas/T'}}}}}}}}\ncomponents: {schemas: {T: {type: object, properties: {"
      "a: {$ref: '#/components/schemas/T'}, b: {$ref: '#/components/schemas/T'}, c: {allOf: [{$ref: '#/components/schemas/T'}]}}}}}\n");
  BOOST_TEST(snapshot.dump().size() < 100'000u);
}

BOOST_AUTO_TEST_SUITE_END()
