#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "harness/model/check.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {
extern const Check m365_response_paths;
}  // namespace plugvet::checks

using namespace plugvet;

namespace {

/// The messages about these paths into an answer of this schema (YAML in one line).
std::string said_about(const std::string& data_path, const std::string& title, const std::string& schema,
                       const std::string& schemas = "{}") {
  const Json semantics{{"data_path", data_path}, {"properties", {{"title", title}}}};
  const Json function{{"name", "list"}, {"capabilities", {{"response_semantics", semantics}}}};
  const Json runtime{{"type", "OpenApi"}, {"spec", {{"url", "openapi.yaml"}}}, {"run_for_functions", {"list"}}};
  const Json root{{"schema_version", "v2.2"}, {"functions", {function}}, {"runtimes", {runtime}}};
  Manifest manifest;
  manifest.document = *parse_json(root.dump(), "ai-plugin.json");
  ApiDescription api;
  api.document = *parse_yaml("openapi: 3.0.3\npaths: {/a: {get: {operationId: list, responses: {'200': {content: "
                             "{application/json: {schema: " + schema + "}}}}}}}\ncomponents: {schemas: " + schemas + "}\n",
                             "openapi.yaml");
  api.description = openapi::describe(api.document);
  Evidence evidence;
  evidence.manifest = Result<Manifest>{std::move(manifest)};
  evidence.api = Result<ApiDescription>{std::move(api)};
  std::string said;
  for (const Finding& finding : checks::m365_response_paths.rule(evidence, Parameters{}).judgement.findings)
    said += finding.where.pointer.substr(finding.where.pointer.rfind('/') + 1) + ": " + finding.actual + "\n";
  return said;
}

const std::string list = "{properties: {results: {type: array, items: {properties: {name: {type: string}}}}}}";

}  // namespace

BOOST_AUTO_TEST_SUITE(response_paths)

BOOST_AUTO_TEST_CASE(a_path_finds_what_the_answer_is_described_to_have) {
  BOOST_TEST(said_about("$.results", "$.name", list) == "");
  BOOST_TEST(said_about("$.results[*]", "$.name", list) == "");
  BOOST_TEST(said_about("$", "$.results[3].name", list) == "");
  BOOST_TEST(said_about("$.result", "$.name", list) == "data_path: the members results where the query ends\n");
  BOOST_TEST(said_about("$.results", "$.title", list) == "title: the members name where the query ends\n");
  BOOST_TEST(said_about("$.results", "$.name.first", list) == "title: no members where the query ends\n");
}

BOOST_AUTO_TEST_CASE(references_and_composed_schemas_are_followed) {
  const std::string schemas = "{Named: {properties: {name: {type: string}}}, Node: {properties: {next: {$ref: "
                              "'#/components/schemas/Node'}}}}";
  BOOST_TEST(said_about("$", "$.name", "{allOf: [{$ref: '#/components/schemas/Named'}]}", schemas) == "");
  BOOST_TEST(said_about("$", "$.nme", "{allOf: [{$ref: '#/components/schemas/Named'}]}", schemas) ==
             "title: the members name where the query ends\n");
  BOOST_TEST(said_about("$.next.next", "$.next", "{$ref: '#/components/schemas/Node'}", schemas) == "");
}

BOOST_AUTO_TEST_CASE(where_the_description_leaves_the_answer_open_any_path_is_right) {
  for (const char* open : {"{}", "{type: object}", "{properties: {a: {}}, additionalProperties: true}",
                           "{$ref: '#/components/schemas/Nothing'}", "{type: array}"})
    BOOST_TEST(said_about("$.results", "$.name", open) == "", open);
  BOOST_TEST(said_about("$.results[?@.name == 'a']", "$.nme", list) == "");
  BOOST_TEST(said_about("results", "$.nme", list) == "");  // m365/path-syntax
}

BOOST_AUTO_TEST_SUITE_END()
