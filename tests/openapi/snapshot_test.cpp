#include <fmt/format.h>

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
       "text: GET /a: \"query q\" has another description");
  only(api(plain, ", name: {type: string}"), "differs: GET /a: the answer's \"200.name\" is new");
}

BOOST_AUTO_TEST_CASE(less_protection_is_told_from_other_changes) {
  const auto with = [](std::string_view members) {
    return fmt::format("openapi: 3.0.1\ninfo: {{title: A, version: '1'}}\npaths: {{/a: {{post: {{{}responses: {{'200': "
                       "{{description: Yes.}}}}}}}}}}\n",
                       members);
  };
  using Said = std::vector<std::string>;
  const std::string off = with("x-openai-isConsequential: false, "), on = with("x-openai-isConsequential: true, ");
  const Said lost = {"protection: POST /a no longer has to be confirmed each time"};
  BOOST_TEST(changes(with(""), off) == lost);
  BOOST_TEST(changes(on, off) == lost);
  BOOST_TEST(changes(with(""), on) == Said{});
  BOOST_TEST(changes(off, on) == Said{"differs: POST /a has to be confirmed each time now"});
  BOOST_TEST(changes(with("security: [{key: []}], "), with("")) == Said{"protection: POST /a asks for no credentials any more"});
  BOOST_TEST(changes(with("security: [{key: []}], "), with("security: [{key: []}, {}], ")) ==
             Said{"protection: POST /a asks for no credentials any more"});
  BOOST_TEST(changes(with("security: [{key: []}], "), with("security: [{other: []}], ")) ==
             Said{"breaks: POST /a asks for other credentials"});
}

BOOST_AUTO_TEST_CASE(patterns_statuses_and_answers_are_compared) {
  using Said = std::vector<std::string>;
  const std::string with_pattern = api("{name: q, in: query, schema: {type: string, pattern: '^a+$'}}");
  BOOST_TEST(changes(with_pattern, api("{name: q, in: query, schema: {type: string, pattern: '.*'}}")) ==
             Said{"differs: GET /a: \"query q\" has another pattern"});
  BOOST_TEST(changes(api("{name: q, in: query, schema: {type: string}}"), with_pattern) ==
             Said{"breaks: GET /a: \"query q\" is narrowed by pattern"});
  const auto answering = [](std::string_view statuses) {
    return fmt::format("openapi: 3.0.1\ninfo: {{title: A, version: '1'}}\npaths: {{/a: {{get: {{responses: {{{}}}}}}}}}\n", statuses);
  };
  const std::string body = "content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}}}}}";
  const std::string ok = answering("'200': {description: Yes., " + body + "}");
  BOOST_TEST(changes(ok, answering("'201': {description: Yes., " + body + "}")) ==
             Said{"breaks: GET /a answers with status 201 in place of 200"});
  BOOST_TEST(changes(ok, answering("'200': {description: Buy., " + body + "}")) ==
             Said{"text: GET /a says something else of its answer of status 200"});
  BOOST_TEST(changes(ok, answering("'200': {description: Yes., content: {application/json: {schema: {type: object, "
                                   "properties: {id: {type: string}}}}}}")) ==
             Said{"breaks: GET /a: the answer's \"200.id\" may be missing now"});
  BOOST_TEST(changes(answering("'200': {description: Yes.}, '409': {description: No.}"), answering("'200': {description: Yes.}")) ==
             Said{"differs: GET /a no longer has an answer of status 409"});
}

BOOST_AUTO_TEST_CASE(what_many_operations_share_has_changed_once) {
  const auto shared = [](std::string_view properties) {
    return fmt::format("openapi: 3.0.1\ninfo: {{title: A, version: '1'}}\npaths:\n  /a: {{get: {{responses: &r {{'200': {{description: "
                       "Y, content: {{application/json: {{schema: {{$ref: '#/components/schemas/T'}}}}}}}}}}}}}}\n  /b: {{get: "
                       "{{responses: *r}}}}\ncomponents: {{schemas: {{T: {{type: object, properties: {{{}}}}}}}}}\n",
                       properties);
  };
  const auto said = changes(shared("id: {type: string}, name: {type: string}"), shared("id: {type: string}"));
  BOOST_REQUIRE_EQUAL(said.size(), 1u);
  BOOST_TEST(said.front() == "breaks: GET /a: the answer's \"200.name\" is gone, and so in 1 other place");
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
