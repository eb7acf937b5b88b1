#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "checks/all.h"
#include "harness/openapi/description.h"

using namespace plugvet;
namespace data = boost::unit_test::data;

namespace {

const Check& check_named(std::string_view id) {
  for (const Check* check : checks::all())
    if (check->info.id == id) return *check;
  throw std::runtime_error("there is no check " + std::string{id});
}

Ruling ruling_on(std::string_view id, const std::string& text) {
  auto document = parse_yaml(text, "openapi.yaml");
  BOOST_REQUIRE_MESSAGE(document, text);
  ApiDescription api;
  api.document = *document;
  api.location = "openapi.yaml";
  api.description = openapi::describe(api.document);
  Evidence evidence;
  evidence.api = Result<ApiDescription>{std::move(api)};
  const Json limits{{"maximum", 200}, {"sent", Json::array()}, {"largest_default", 50}};
  return check_named(id).rule(evidence, Parameters{limits});
}

/// A document whose only operation is `GET /todos` with these members, beside `schemas` of the components.
std::string getting(const std::string& members, const std::string& schemas = "{}",
                    const std::string& version = "3.1.0") {
  return "openapi: " + version + "\ninfo: {title: T, version: '1'}\npaths:\n  /todos:\n    get: " + members +
         "\ncomponents: {schemas: " + schemas + "}\n";
}

/// The same for `POST /todos` with a body of this schema.
std::string posting(const std::string& schema, const std::string& schemas = "{}",
                    const std::string& version = "3.1.0") {
  return "openapi: " + version +
         "\ninfo: {title: T, version: '1'}\npaths:\n  /todos:\n    post: {requestBody: {content: {application/json: " +
         "{schema: " + schema + "}}}}\ncomponents: {schemas: " + schemas + "}\n";
}

struct Case {
  std::string check, text;
};
std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.check << ": " << one.text;
}

const Case good[] = {
    // A description stands with the parameter, or with its schema.
    {"api/parameter-descriptions",
     getting("{parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/Q'}}]}",
             "{Q: {description: Words}}")},
    {"api/parameter-descriptions", getting("{parameters: [{name: q, in: header, schema: {}}]}")},
    {"api/parameter-descriptions", getting("{parameters: [{$ref: '#/components/parameters/Nothing'}]}")},
    {"api/property-descriptions", posting("{properties: {id: {type: string, readOnly: true}}}")},
    {"api/property-descriptions",
     posting("{properties: {due: {allOf: [{$ref: '#/components/schemas/Day'}]}}}", "{Day: {description: A day}}")},
    {"api/property-descriptions", posting("{properties: {due: {$ref: '#/components/schemas/Nothing'}}}")},
    // A required property may be described by what the schema is composed of, before or after it, or by none alone.
    {"api/required-properties",
     posting("{allOf: [{$ref: '#/components/schemas/Base'}, {required: [id, due], properties: {due: {}}}]}",
             "{Base: {type: object, properties: {id: {}}}}")},
    {"api/required-properties", posting("{properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}")},
    {"api/required-properties", posting("{required: [a], properties: {b: {}}, additionalProperties: {type: string}}")},
    {"api/required-properties", posting("{properties: {a: {}}, not: {required: [b]}}")},
    {"api/required-properties", posting("{type: object, required: [a]}")},  // api/input-properties
    {"api/required-properties",
     posting("{required: [a], properties: {b: {}}, allOf: [{$ref: '#/components/schemas/Nothing'}]}")},
    {"api/value-limits", posting("{properties: {a: {type: integer, minimum: 3, maximum: 3}, max: {minimum: 9}}}")},
    {"api/value-limits", posting("{properties: {a: {maximum: ten, minimum: 11}}}", "{}", "3.0.3")},
    {"api/server-placeholders", "openapi: 3.1.0\nservers: [{url: 'https://{region}.acme.com/test'}]\npaths: {}\n"},
    {"api/security-scopes",
     "openapi: 3.1.0\npaths: {}\nsecurity: [{token: [admin], nothing: [a]}]\n"
     "components: {securitySchemes: {token: {type: http, scheme: bearer}}}\n"},
    {"security/function-names", getting("{operationId: searchTodos}")},
    {"security/function-names", getting("{operationId: get}")},  // api/operation-id-wording
    {"api/servers", "openapi: 3.1.0\ninfo: {servers: [{url: a}]}\npaths: {/a: {get: {}}}\n"},  // api/structure
    // The reference that leads nowhere may mean the component that seems to be unused.
    {"api/unused-components", posting("{$ref: '#/components/schemas/NewTodo'}", "{NewToDo: {type: object}}")},
    // An operation may replace a parameter of its path.
    {"api/unique-parameters",
     "openapi: 3.1.0\npaths: {/a: {parameters: [{name: q, in: query}], get: {parameters: [{name: q, in: query}]}}}\n"},
    {"api/unique-parameters", getting("{parameters: [{name: id, in: query}, {name: id, in: header}]}")},
    {"api/inline-parameters", getting("{parameters: [{$ref: '#/components/parameters/Nothing'}]}")},
    {"api/required-header-parameters", getting("{parameters: [{name: Accept, in: header, required: true}]}")},
    {"api/body-media-type", "openapi: 3.1.0\npaths: {/a: {post: {requestBody: {content: {'*/*': {}}}}}}\n"},
    {"api/body-media-type",
     "openapi: 3.1.0\npaths: {/a: {post: {requestBody: {content: {'Application/JSON; charset=utf-8': {}}}}}}\n"},
    {"api/body-schema", posting("{type: [object, 'null'], properties: {}}")},
    {"api/body-schema",
     posting("{allOf: [{$ref: '#/components/schemas/A'}, {required: [b]}]}", "{A: {type: object, properties: {}}}")},
    {"api/body-schema", posting("{oneOf: [{type: object}, {type: array, items: {}}]}")},
    {"api/body-schema", posting("{$ref: '#/components/schemas/Nothing'}")},
    {"api/body-schema",
     posting("{$ref: '#/components/schemas/A'}", "{A: {allOf: [{$ref: '#/components/schemas/A'}]}}")},
    {"api/input-properties", posting("{type: object, properties: {}}")},
    {"api/input-properties", posting("{type: object, allOf: [{properties: {a: {}}}]}")},
    {"api/input-properties", posting("{allOf: [{type: object, properties: {a: {}}}, {type: object}]}")},
    {"api/input-properties", posting("{properties: {a: {}}, allOf: [{type: object}]}")},
    {"api/composition", posting("{properties: {a: {anyOf: [{type: string}, {type: 'null'}]}}}")},
    {"api/composition", posting("{properties: {a: {allOf: [{$ref: '#/components/schemas/A'}]}}}", "{A: {}}", "3.0.3")},
    {"api/composition", posting("{properties: {not: {type: string}}}")},
    {"api/array-items", posting("{properties: {a: {type: array, prefixItems: [{}]}}}")},
    {"api/enum-values", posting("{properties: {a: {type: string, nullable: true, enum: [a, null]}}}", "{}", "3.0.3")},
    {"api/enum-values", posting("{properties: {a: {type: [string, 'null'], enum: [a, null]}}}")},
    {"api/enum-values", posting("{properties: {a: {type: integer, enum: [1, 2.0]}}}")},
    {"api/enum-values", posting("{properties: {a: {type: number, enum: [1, 2.5]}}}")},
    {"api/enum-values", posting("{properties: {a: {enum: [1, '1', true, null, [1], {a: 1}]}}}")},
    {"api/enum-names", posting("{properties: {size: {type: integer, enum: [10, 25, 50]}}}")},
    {"api/enum-names", posting("{properties: {p: {type: integer, description: 0 is low, enum: [0, 1, 2]}}}")},
    {"api/bounded-inputs", posting("{properties: {a: {type: string, format: date}, b: {type: boolean}}}")},
    // The request lacks what is readOnly, the example of a shared schema may be of either way.
    {"api/examples",
     posting("{type: object, required: [id, key], properties: {id: {readOnly: true}, key: {writeOnly: true}}, "
             "example: {id: 1}}")},
    {"api/examples", posting("{properties: {a: {type: string, example: null}}}")},
    {"api/examples", posting("{properties: {a: {$ref: '#/components/schemas/Nothing', example: 1}}}")},
    {"api/examples",
     "openapi: 3.1.0\npaths: {/a: {post: {requestBody: {content: {text/csv: {schema: {type: object}, example: "
     "'a,b'}}}}}}\n"},
    {"api/defaults", posting("{properties: {a: {type: string, default: null}}}")},
    {"conversation/pagination",
     getting("{operationId: listTodos, parameters: [{name: pageSize, in: query, schema: {type: integer, default: 10}}, "
             "{name: page_token, in: query}], responses: {'200': {content: {application/json: {schema: {type: array, "
             "items: {type: object}}}}}}}")},
    {"conversation/pagination",
     getting("{parameters: [{name: limit, in: query, schema: {type: integer, maximum: 20}}], responses: {'200': "
             "{content: {application/json: {schema: {properties: {todos: {type: array, items: {type: object}}, next: "
             "{type: string}}}}}}}}")},
};

const Case broken[] = {
    {"api/composition", posting("{not: {type: string}}")},
    {"api/body-schema", posting("{allOf: [{type: object}, {type: array}]}")},
    {"api/body-schema", posting("true")},
    {"api/body-schema", posting("{anyOf: [{type: string}, {type: array}]}")},
    {"api/enum-values", posting("{properties: {a: {type: integer, enum: [1.5]}}}")},
    {"api/enum-values", posting("{properties: {a: {enum: [[1], {a: 1}, [1.0]]}}}")},
    {"api/input-properties", posting("{type: object, additionalProperties: true}")},
    {"api/array-items", posting("{properties: {a: {type: [array, 'null']}}}")},
    {"api/defaults", posting("{properties: {a: {type: integer, default: '1'}}}")},
    {"api/examples", posting("{properties: {a: {type: integer, examples: [1, x]}}}")},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(inputs)

BOOST_DATA_TEST_CASE(what_is_good_is_not_found, good, one) {
  const Ruling ruling = ruling_on(one.check, one.text);
  for (const Finding& finding : ruling.judgement.findings) BOOST_ERROR(finding.message);
  BOOST_TEST((ruling.outcome == Outcome::passed || ruling.outcome == Outcome::not_applicable));
}

BOOST_DATA_TEST_CASE(what_is_broken_is_found_once, broken, one) {
  BOOST_TEST(ruling_on(one.check, one.text).judgement.findings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_document_of_another_version_concerns_no_check_of_what_operations_take) {
  for (const Check* check : checks::all()) {
    const bool is_one = check->info.id == "api/examples" || check->info.id == "conversation/pagination" ||
                        check->info.id == "api/components-section";
    if (is_one) BOOST_TEST((ruling_on(check->info.id, "swagger: '2.0'").outcome == Outcome::not_applicable));
  }
}

BOOST_AUTO_TEST_CASE(a_thousand_findings_are_twenty_and_a_number) {
  std::string properties;
  for (int i = 0; i < 1000; ++i) properties += "p" + std::to_string(i) + ": {type: array}, ";
  const Ruling ruling = ruling_on("api/array-items", posting("{properties: {" + properties + "}}"));
  BOOST_REQUIRE_EQUAL(ruling.judgement.findings.size(), 20u);
  BOOST_TEST(ruling.judgement.findings.back().message.ends_with("The same is true in 980 more places."));
}

BOOST_AUTO_TEST_CASE(an_example_in_another_file_is_found_there) {
  const auto text = [](const std::string& name) -> Result<std::string> {
    if (name != "api/schemas.yaml") return Problem{};
    return std::string{"Todo: {properties: {due: {$ref: '#/Day'}}, example: {due: 5}}\nDay: {type: string}\n"};
  };
  ApiDescription api;
  api.document = *parse_yaml(posting("{$ref: 'schemas.yaml#/Todo'}"), "openapi.yaml");
  api.location = "/plugin/api/openapi.yaml";
  api.description = openapi::describe(api.document, "api/openapi.yaml", text, &api.files);
  BOOST_REQUIRE_EQUAL(api.files.size(), 1u);
  api.files[0].location = "/plugin/api/schemas.yaml";
  Evidence evidence;
  evidence.api = Result<ApiDescription>{std::move(api)};
  const Ruling ruling = check_named("api/examples").rule(evidence, Parameters{});
  BOOST_REQUIRE_EQUAL(ruling.judgement.findings.size(), 1u);
  const Finding& finding = ruling.judgement.findings[0];
  BOOST_TEST(finding.where.file == "api/schemas.yaml");
  BOOST_TEST(finding.where.pointer == "/Todo/example/due");
  BOOST_TEST(finding.message == "POST /todos: Todo: due is 5, expected a string. The schema says so at "
                                "api/schemas.yaml#/Day/type, line 2.");
}

BOOST_AUTO_TEST_SUITE_END()
