#include "harness/openapi/function_list.h"

#include <boost/test/unit_test.hpp>

#include "harness/support/document.h"

using namespace plugvet;

namespace {

/// The text of one operation, GET /a, whose members are `operation` (YAML flow).
std::string function_text(const std::string& operation, const std::string& components = "{}") {
  const auto document = parse_yaml("openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\ncomponents: " + components +
                                       "\npaths:\n  /a: {get: " + operation + "}\n",
                                   "openapi.yaml");
  BOOST_REQUIRE_MESSAGE(document, (document ? "" : document.problem()->what));
  const auto description = openapi::describe(*document);
  const FunctionList list = openapi::function_list(*description, "acme", "Does it.");
  BOOST_REQUIRE(list.functions.size() == 1);
  return list.functions[0].text;
}

std::string type_of(const std::string& schema, const std::string& components = "{}") {
  const std::string text =
      function_text("{operationId: f, parameters: [{name: p, in: query, schema: " + schema + "}]}", components);
  const std::size_t begin = text.find("p?: ") + 4;
  return text.substr(begin, text.rfind(",\n})") - begin);
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_operation_is_a_function_with_comments) {
  BOOST_TEST(function_text("{operationId: findPets, summary: Find pets, description: \"Finds pets.\\nBy name.\", "
                           "parameters: "
                           "[{name: name, in: query, required: true, description: Its name, schema: {type: string}}, "
                           "{name: X-Trace, in: header, schema: {type: string}}]}") ==
             "// Find pets\n// Finds pets.\n// By name.\ntype findPets = (_: {\n"
             "  // Its name\n  name: string,\n}) => any;\n\n");
}

BOOST_AUTO_TEST_CASE(types_are_those_of_the_schemas) {
  BOOST_TEST(type_of("{type: integer}") == "number");
  BOOST_TEST(type_of("{enum: [a, 2, null]}") == "\"a\" | 2 | null");
  BOOST_TEST(type_of("{type: [string, 'null']}") == "string | null");
  BOOST_TEST(type_of("{type: array, items: {type: string}}") == "string[]");
  BOOST_TEST(type_of("{type: array, items: {enum: [a, b]}}") == "Array<\"a\" | \"b\">");
  BOOST_TEST(type_of("{oneOf: [{type: string}, {type: boolean}]}") == "string | boolean");
  BOOST_TEST(type_of("{const: 7}") == "7");
  BOOST_TEST(type_of("{type: object}") == "object");
  BOOST_TEST(type_of("{properties: {a b: {type: string}}, required: [a b]}") == "{\n    \"a b\": string,\n  }");
  BOOST_TEST(type_of("true") == "any");
}

BOOST_AUTO_TEST_CASE(a_reference_is_what_it_leads_to) {
  const std::string components = "{schemas: {Pet: {type: object, properties: {name: {type: string}}}}}";
  BOOST_TEST(type_of("{$ref: '#/components/schemas/Pet'}", components) == "{\n    name?: string,\n  }");
}

BOOST_AUTO_TEST_CASE(a_circle_of_references_ends) {
  const std::string components =
      "{schemas: {A: {type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: "
      "'#/components/schemas/A'}}}}}";
  const std::string type = type_of("{$ref: '#/components/schemas/A'}", components);
  BOOST_TEST(type.size() < 200'000);
  BOOST_TEST(type.find("any") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_members_of_a_body_stand_beside_the_parameters) {
  const std::string text = function_text(
      "{operationId: f, requestBody: {content: {application/json: {schema: {type: object, required: [due], properties: "
      "{due: {type: string, default: today}}}}}}}");
  BOOST_TEST(text == "type f = (_: {\n  due: string, // default: \"today\"\n}) => any;\n\n");
}

BOOST_AUTO_TEST_CASE(what_has_no_operation_id_gets_a_name) {
  BOOST_TEST(function_text("{summary: x}") == "// x\ntype get_a = () => any;\n\n");
}

BOOST_AUTO_TEST_CASE(control_characters_of_the_submission_are_shown_harmlessly) {
  BOOST_TEST(function_text("{operationId: f, summary: \"a\\e[31mb\"}").find("\x1b") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(tokens_are_estimated_by_words_numbers_and_signs) {
  BOOST_TEST(cost_of("").tokens == 0u);
  BOOST_TEST(cost_of("Find the nearest station").tokens == 4u);
  BOOST_TEST(cost_of("listTodos").tokens == 2u);
  BOOST_TEST(cost_of("1234567").tokens == 3u);
  BOOST_TEST(cost_of("日本語").tokens == 3u);
  BOOST_TEST(cost_of("日本語").characters == 3u);
}
