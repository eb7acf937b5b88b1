#include "tests/openapi/describing.h"

using namespace plugvet;
using namespace plugvet::testing;

namespace {

/// The faults of a document whose one schema is given.
std::string faults_of_schema(std::string_view version, std::string_view schema) {
  const std::string rest = "paths: {}\ncomponents: {schemas: {A: " + std::string{schema} + "}}\n";
  return faults_in(*described(document_of(version, rest)));
}

std::string faults_of_parameter(std::string_view parameter) {
  return faults_in(*described(with_paths("components: {parameters: {A: " + std::string{parameter} + "}}\n")));
}

std::string faults_of_operation(std::string_view operation) {
  return faults_in(
      *described(document_of("3.0.3", "paths: {/a: {get: " + std::string{operation} + "}}\n")));
}

const std::string at_schema = "/components/schemas/A";
const std::string at_parameter = "/components/parameters/A";

}  // namespace

BOOST_AUTO_TEST_SUITE(structure)

BOOST_AUTO_TEST_CASE(a_sound_document_has_no_faults) {
  expect_clean(*described(document_of("3.0.3", R"(
x-anything: [1]
servers: [{url: 'https://{region}.acme.com', variables: {region: {default: eu, enum: [eu, us]}}}]
tags: [{name: todos, x-order: 1}]
paths:
  x-note: {get: 1}
  /todos/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, minLength: 1.0}}]
    get:
      x-openai-isConsequential: false
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Todo'}}}}
        4XX: {description: no}
        default: {$ref: '#/components/responses/Error'}
      security: [{x-api-key: []}]
components:
  responses: {Error: {description: An error}}
  securitySchemes: {x-api-key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Todo:
      type: object
      required: [text]
      additionalProperties: false
      properties: {text: {type: string, nullable: true}, $ref: {type: string}, x-odd: {type: integer}}
)")));
}

BOOST_AUTO_TEST_CASE(a_3_1_document_may_use_all_of_json_schema) {
  expect_clean(*described(document_of("3.1.0", R"(
webhooks: {created: {post: {requestBody: {content: {application/json: {schema: true}}}}}}
components:
  schemas:
    A:
      type: [string, number, array, 'null']
      const: a
      examples: [a]
      exclusiveMinimum: 3
      if: {minLength: 2}
      then: {pattern: a}
      $comment: any keyword may stand here
      madeUp: 1
      prefixItems: [{type: string}, false]
)")));
}

BOOST_AUTO_TEST_CASE(an_unknown_field_is_told_with_the_nearest_name_at_its_name) {
  const auto description = described(with_paths("tags: [{name: a, descripton: b}]\n"));
  BOOST_TEST(faults_in(*description) ==
             "/tags/0/descripton: \"descripton\" is no field of a tag; did you mean \"description\"?\n");
  BOOST_TEST(description->faults.front().is_at_name);
  BOOST_TEST(description->faults.front().expected == "\"description\"");
}

BOOST_AUTO_TEST_CASE(a_missing_field_is_told_at_the_object_and_not_again_when_it_is_only_mistyped) {
  BOOST_TEST(faults_of_operation("{summary: a}") == "/paths/~1a/get: This operation has no \"responses\".\n");
  BOOST_TEST(faults_of_operation("{response: {default: {description: a}}}") ==
             "/paths/~1a/get/response: \"response\" is no field of an operation; did you mean \"responses\"?\n");
  BOOST_TEST(faults_in(*described("openapi: 3.0.0\n")) ==
             ": This OpenAPI document has no \"info\".\n: This OpenAPI document has no \"paths\".\n");
  BOOST_TEST(faults_in(*described("openapi: 3.1.0\ninfo: {title: a, version: b}\n")) ==
             ": This OpenAPI document has no \"paths\".\n");
}

BOOST_AUTO_TEST_CASE(what_is_indented_too_little_is_told_once) {
  BOOST_TEST(faults_of_operation("{responses: null, '200': {description: a}, '400': {description: b}}") ==
             "/paths/~1a/get/200: \"200\" stands beside \"responses\" and not within it; it is probably indented too "
             "little.\n");
  // JSON has no indentation, and an example may be null.
  BOOST_TEST(faults_in(*described(R"({"openapi": "3.0.3", "info": {"title": "a", "version": "1"},
    "paths": {}, "servers": null, "server": []})")) ==
             "/servers: \"servers\" is null; it takes an array of servers.\n"
             "/server: \"server\" is no field of an OpenAPI document.\n");
  BOOST_TEST(faults_of_schema("3.0.3", "{example: null, foo: 1}") ==
             at_schema + "/foo: \"foo\" is no field of a schema.\n");
}

BOOST_AUTO_TEST_CASE(a_field_in_the_wrong_object_is_not_missed_in_the_right_one) {
  BOOST_TEST(faults_of_operation("{requestBody: {content: {}, responses: {default: {description: a}}}}") ==
             "/paths/~1a/get/requestBody/responses: \"responses\" is no field of a request body; it belongs to the "
             "operation around it and is probably indented too far.\n");
  BOOST_TEST(faults_in(*described("openapi: 3.0.3\ninfo: {title: a}\nversion: '1'\npaths: {}\n")) ==
             "/version: \"version\" is no field of an OpenAPI document; it belongs into an info object.\n");
}

BOOST_AUTO_TEST_CASE(a_keyword_for_values_of_another_type_has_no_effect) {
  BOOST_TEST(faults_of_schema("3.0.3", "{type: string, items: {type: string}}") ==
             "~" + at_schema + "/items: \"items\" has no effect beside type: string; it belongs to type: array.\n");
  BOOST_TEST(faults_of_schema("3.1.0", "{type: [string, 'null'], minimum: 1}") ==
             "~" + at_schema + "/minimum: \"minimum\" has no effect beside other types; it belongs to type: number.\n");
  for (const char* schema : {"{type: integer, minimum: 1}", "{minimum: 1}", "{type: [string, array], items: {}}"})
    BOOST_TEST(faults_of_schema("3.1.0", schema) == "");
  // The type is what is wrong here.
  BOOST_TEST(faults_of_schema("3.0.3", "{type: text, minLength: 1}") ==
             at_schema + "/type: \"type\" is \"text\"; did you mean string?\n");
}

BOOST_AUTO_TEST_CASE(a_variable_that_the_url_does_not_have_has_no_effect) {
  const auto faults = [](const std::string& server) {
    return faults_in(*described(with_paths("servers: [" + server + "]\n")));
  };
  BOOST_TEST(faults("{url: 'https://a.acme.com', variables: {region: {default: eu}}}") ==
             "~/servers/0/variables/region: The variable \"region\" is not in the server's URL, so it has no "
             "effect.\n");
  BOOST_TEST(faults("{url: 'https://{regions}.acme.com', variables: {region: {default: eu}}}") == "");
}

BOOST_AUTO_TEST_CASE(a_property_cannot_say_itself_that_it_is_required) {
  BOOST_TEST(faults_of_schema("3.0.1", "{properties: {text: {type: string, required: true}}}") ==
             at_schema + "/properties/text/required: \"required\" is the value true; it takes an array of property "
                         "names. "
                         "Whether a property is required is said by the schema around it: required: [its name].\n");
}

BOOST_AUTO_TEST_CASE(fields_of_the_other_version_are_told_with_what_to_write_instead) {
  BOOST_TEST(faults_of_schema("3.0.1", "{const: a}") ==
             at_schema + "/const: \"const\" is a field of OpenAPI 3.1; in 3.0 it means nothing. 3.0 says it with an "
                         "enum of "
                         "one value.\n");
  BOOST_TEST(faults_of_schema("3.1.0", "{type: string, nullable: true}").starts_with('~' + at_schema + "/nullable"));
  BOOST_TEST(faults_of_schema("3.0.1", "{type: [string, 'null']}").find("nullable: true") != std::string::npos);
  BOOST_TEST(faults_of_schema("3.0.1", "{minimum: 1, exclusiveMinimum: 1}").find("true or false") != std::string::npos);
  BOOST_TEST(faults_of_schema("3.1.0", "{minimum: 1, exclusiveMinimum: true}").find("a number") != std::string::npos);
  BOOST_TEST(faults_in(*described(with_paths("webhooks: {}\n"))).find("field of OpenAPI 3.1") != std::string::npos);
  BOOST_TEST(faults_in(*described("openapi: 3.0.1\ninfo: {title: a, version: b, license: {name: c, identifier: d}}\n"
                                  "paths: {}\n"))
                 .find("/info/license/identifier") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mistyped_keyword_of_3_1_is_worth_a_word_and_another_keyword_is_not) {
  BOOST_TEST(faults_of_schema("3.1.0", "{maxlength: 3, minLenght: 3, extra: 1}") ==
             "~" + at_schema + "/maxlength: \"maxlength\" means nothing; did you mean \"maxLength\"?\n");
}

BOOST_AUTO_TEST_CASE(values_out_of_their_set_are_told_with_what_is_meant) {
  BOOST_TEST(faults_of_schema("3.0.1", "{type: interger}") ==
             at_schema + "/type: \"type\" is \"interger\"; did you mean integer?\n");
  BOOST_TEST(faults_of_schema("3.0.1", "{type: datetime}") ==
             at_schema + "/type: \"type\" is \"datetime\"; did you mean string, with format: date-time?\n");
  BOOST_TEST(faults_of_schema("3.1.0", "{type: [string, strin]}") ==
             at_schema + "/type/1: Item 2 of \"type\" is \"strin\"; did you mean string?\n");
  BOOST_TEST(faults_of_parameter("{name: a, in: body, schema: {}}") ==
             at_parameter + "/in: \"in\" is \"body\", which does not exist. OpenAPI 3 describes a body in "
                            "requestBody.\n");
  BOOST_TEST(faults_of_parameter("{name: a, in: query, style: matrix, schema: {}}") ==
             at_parameter + "/style: A parameter in query cannot have the style \"matrix\".\n");
}

BOOST_AUTO_TEST_CASE(what_stands_in_the_wrong_object_is_told_where_it_belongs) {
  const auto faults = [](const std::string& rest) { return faults_in(*described(rest)); };
  BOOST_TEST(faults("openapi: 3.0.0\ninfo: {title: a, version: b, servers: []}\npaths: {}\n") ==
             "/info/servers: \"servers\" is no field of an info object; it belongs to the OpenAPI document around it "
             "and is "
             "probably indented too far.\n");
  BOOST_TEST(faults(document_of("3.0.0", "paths: {/a: {/b: {get: {}}}}\n")) ==
             "/paths/~1a/~1b: The path \"/b\" stands within another path item and does not count; it is probably "
             "indented "
             "too far.\n");
  BOOST_TEST(faults(with_paths("/a: {}\n")) ==
             "/~1a: The path \"/a\" does not stand beneath paths and does not count.\n");
  BOOST_TEST(faults_of_parameter("{name: a, in: query, type: string}") ==
             at_parameter + "/type: \"type\" is no field of a parameter; it belongs into a schema.\n");
  BOOST_TEST(faults_of_schema("3.0.0", "{done: {type: boolean}}") ==
             at_schema + "/done: \"done\" is no field of a schema; if it is a property, it belongs beneath "
                         "properties.\n");
  BOOST_TEST(faults(with_paths("host: acme.com\n")).find("that is Swagger 2.0") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keys_of_paths_responses_content_and_components_are_judged) {
  BOOST_TEST(faults_of_operation("{responses: {ok: {description: a}}}").find("\"ok\" is no status") !=
             std::string::npos);
  BOOST_TEST(faults_of_operation("{responses: {4xx: {description: a}}}").find("X in capitals") != std::string::npos);
  BOOST_TEST(faults_of_operation("{responses: {x-a: 1}}").find("no response here") != std::string::npos);
  BOOST_TEST(faults_of_operation("{responses: {200: {description: a, content: {json: {}}}}}") ==
             "/paths/~1a/get/responses/200/content/json: \"json\" is no media type.\n");
  BOOST_TEST(faults_in(*described(document_of("3.0.0", "paths: {todos: {}}\n"))) ==
             "/paths/todos: \"todos\" is no path: a path begins with \"/\".\n");
  BOOST_TEST(faults_in(*described(with_paths("components: {schemas: {'A«B»': {}}}\n"))).find("characters") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_belongs_together_or_excludes_each_other_is_judged) {
  BOOST_TEST(faults_of_parameter("{name: id, in: path, schema: {}}").find("required: true") != std::string::npos);
  BOOST_TEST(faults_of_parameter("{name: id, in: query}").find("no \"schema\"") != std::string::npos);
  BOOST_TEST(faults_of_parameter("{name: id, in: query, content: {a/b: {}, c/d: {}}}").find("2 media types") !=
             std::string::npos);
  BOOST_TEST(faults_of_parameter("{name: id, in: query, schema: {}, example: 1, examples: {}}") ==
             at_parameter + "/examples: \"example\" and \"examples\" exclude each other.\n");
  const auto of_scheme = [](const std::string& scheme) {
    return faults_in(*described(with_paths("components: {securitySchemes: {A: " + scheme + "}}\n")));
  };
  BOOST_TEST(of_scheme("{type: http}").find("no \"scheme\"") != std::string::npos);
  BOOST_TEST(of_scheme("{type: oauth2, flows: {password: {tokenUrl: 'a b', scopes: {}}}}").find("no URL") !=
             std::string::npos);
  BOOST_TEST(of_scheme("{type: mutualTLS}").find("3.1 only") != std::string::npos);
  BOOST_TEST(of_scheme("{type: oauth2, flow: {}}") ==
             "/components/securitySchemes/A/flow: \"flow\" is no field of a security scheme; that is Swagger 2.0, in "
             "OpenAPI "
             "3 flows has a member for each flow.\n/components/securitySchemes/A: This security scheme has no "
             "\"flows\". A "
             "security scheme of type oauth2 has it.\n");
}

BOOST_AUTO_TEST_CASE(wrong_types_break_nothing_wherever_they_are) {
  for (const char* value : {"null", "1", "true", "text", "[]", "{}", "[[]]", "{a: [{}]}", "[null, {a: 1}]"})
    for (const char* place :
         {"info: ?\npaths: {}\n", "paths: ?\n", "servers: ?\n", "components: ?\n", "components: {schemas: ?}\n",
          "components: {schemas: {A: ?}}\n", "security: ?\n", "paths: {/a: ?}\n", "paths: {/a: {get: ?}}\n",
          "components: {schemas: {A: {properties: ?, allOf: ?, items: ?, type: ?}}}\n",
          "components: {securitySchemes: ?}\n", "components: {securitySchemes: {A: ?}}\n", "paths: {/a: {get: "
                                                                                           "{parameters: ?, "
                                                                                           "requestBody: ?, "
                                                                                           "responses: ?, security: "
                                                                                           "?}}}\n",
          "paths: {/a: {parameters: [?], get: {parameters: [?], requestBody: {content: ?}, responses: {200: ?}}}}\n",
          "paths: {/a: {$ref: ?}}\n", "components: {schemas: {A: {$ref: ?, discriminator: {mapping: {a: ?}}}}}\n",
          "servers: [{url: ?, variables: ?}]\n", "servers: [{url: '{a}', variables: {a: ?}}]\n"}) {
      std::string text = place;
      for (std::size_t at = 0; (at = text.find('?')) != std::string::npos;) text.replace(at, 1, value);
      for (const char* version : {"3.0.0", "3.1.0"})
        BOOST_TEST(described("openapi: " + std::string{version} + "\n" + text)->is_openapi_3());
    }
}

BOOST_AUTO_TEST_CASE(a_document_of_faults_only_stops_at_a_thousand) {
  std::string text = with_paths("tags:\n");
  for (int i = 0; i < 2000; ++i) text += "  - {}\n";
  BOOST_TEST(described(text)->faults.size() == 1000u);
}

BOOST_AUTO_TEST_CASE(long_names_do_not_make_faults_take_any_amount_of_memory) {
  std::string text = R"({"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "paths": {},)";
  text += R"("components": {"schemas": {")" + std::string(1 << 20, 'a') + R"(": {"properties": {)";
  for (int i = 0; i < 900; ++i) text += '"' + std::to_string(i) + R"(": 1,)";
  text += R"("z": 1}}}}})";
  BOOST_TEST(described(text)->faults.size() < 20u);
}

BOOST_AUTO_TEST_SUITE_END()
