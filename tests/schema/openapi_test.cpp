#include <boost/test/unit_test.hpp>

#include "tests/schema/applying.h"

using namespace plugvet;
using namespace plugvet::schema;
using plugvet::testing::Compiled;
using plugvet::testing::json;

BOOST_AUTO_TEST_SUITE(openapi)

const SchemaOptions v3_0 = {.dialect = Dialect::openapi_3_0};
const SchemaOptions v3_1 = {.dialect = Dialect::openapi_3_1};
constexpr ValidationOptions request = {.direction = Direction::request};
constexpr ValidationOptions response = {.direction = Direction::response};

BOOST_AUTO_TEST_CASE(nullable_lets_null_through) {
  const Compiled schema{R"({"type": "string", "nullable": true, "enum": ["a"]})", v3_0};
  BOOST_TEST(schema.accepts("null"));
  BOOST_TEST(schema.accepts("\"a\""));
  BOOST_TEST(!schema.accepts("1"));
  BOOST_TEST((!Compiled{R"({"type": "string", "nullable": true})", v3_1}.accepts("null")));
  BOOST_TEST((!Compiled{R"({"type": "string"})", v3_0}.accepts("null")));
}

BOOST_AUTO_TEST_CASE(exclusive_limits_are_flags_in_3_0_and_numbers_in_3_1) {
  const Compiled old{R"({"minimum": 3, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false})", v3_0};
  BOOST_TEST(old.errors("3") == "the value is 3, expected a number above 3 [ /exclusiveMinimum]\n");
  BOOST_TEST(old.errors("2") == "the value is 2, expected a number that is at least 3 [ /minimum]\n");
  BOOST_TEST(old.accepts("9"));
  const Compiled wrong{R"({"exclusiveMinimum": 3})", v3_0};
  BOOST_TEST(wrong.defects() == "exclusiveMinimum is 3, expected true or false; it is ignored. [/exclusiveMinimum]\n");
  BOOST_TEST((!Compiled{R"({"exclusiveMinimum": 3})", v3_1}.accepts("3")));
}

BOOST_AUTO_TEST_CASE(what_stands_beside_a_reference_counts_in_3_1_only) {
  constexpr std::string_view text =
      R"({"openapi": "3", "components": {"schemas": {"A": {"type": "string"}, "B": {"$ref": "#/components/schemas/A", "maxLength": 1}}}})";
  BOOST_TEST((Compiled{text, v3_0, "/components/schemas/B"}.accepts("\"abc\"")));
  BOOST_TEST((!Compiled{text, v3_1, "/components/schemas/B"}.accepts("\"abc\"")));
}

BOOST_AUTO_TEST_CASE(read_only_members_belong_into_responses_and_write_only_ones_into_requests) {
  const Compiled schema{R"({"openapi": "3.0.0", "components": {"schemas": {
      "Id": {"type": "integer", "readOnly": true},
      "User": {"type": "object", "required": ["id", "password", "name"], "properties": {
        "id": {"$ref": "#/components/schemas/Id"}, "password": {"type": "string", "writeOnly": true}, "name": {}}}}}})",
                        v3_0, "/components/schemas/User"};
  BOOST_TEST(schema.accepts(R"({"name": "a", "password": "b"})", request));
  BOOST_TEST(schema.accepts(R"({"name": "a", "id": 1})", response));
  BOOST_TEST(schema.errors(R"({"name": "a", "password": "b"})", response) ==
             "password is writeOnly and does not belong into a response [/password "
             "/components/schemas/User/properties/password/writeOnly]\n"
             "the value lacks the member \"id\" [ /components/schemas/User/required]\n");
  BOOST_TEST(schema.errors(R"({"name": "a", "id": 1, "password": "b"})", request) ==
             "id is readOnly and does not belong into a request [/id /components/schemas/Id/readOnly]\n");
  BOOST_TEST(schema.accepts(R"({"name": "a", "id": 1, "password": "b"})"));
}

constexpr std::string_view pets = R"({"openapi": "3.0.3", "components": {"schemas": {
  "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
          "discriminator": {"propertyName": "type", "mapping": {"hound": "#/components/schemas/Dog"}}},
  "Cat": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "lives": {"type": "integer"}}},
  "Dog": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "bark": {"type": "string"}}}}}})";

BOOST_AUTO_TEST_CASE(a_discriminator_chooses_the_alternative) {
  const Compiled pet{pets, v3_0, "/components/schemas/Pet"};
  BOOST_TEST(pet.accepts(R"({"type": "Cat", "lives": 9})"));  // both alternatives match
  BOOST_TEST(pet.accepts(R"({"type": "hound"})"));
  BOOST_TEST(pet.errors(R"({"type": "hound", "bark": 1})") ==
             "bark is 1, expected a string [/bark /components/schemas/Dog/properties/bark/type]\n");
  BOOST_TEST(pet.errors(R"({"type": "fish"})") ==
             "type is \"fish\", expected one of \"Cat\", \"Dog\" or \"hound\" [/type "
             "/components/schemas/Pet/discriminator]\n");
  BOOST_TEST(pet.errors("{}") ==
             "the value lacks the member \"type\", which tells its kind [ /components/schemas/Pet/discriminator]\n");
}

BOOST_AUTO_TEST_CASE(a_discriminator_that_does_not_name_every_alternative_is_no_verdict) {
  const Compiled schema{R"({"openapi": "3.1.0", "components": {"schemas": {
    "Any": {"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "object", "required": ["bark"]}],
            "discriminator": {"propertyName": "kind"}},
    "Cat": {"type": "object", "required": ["lives"]}}}})",
                        v3_1, "/components/schemas/Any"};
  BOOST_TEST(schema.accepts(R"({"bark": 1})"));
  BOOST_TEST(schema.accepts(R"({"kind": "other", "bark": 1})"));
  BOOST_TEST(!schema.accepts(R"({"kind": "Cat", "bark": 1})"));
}

BOOST_AUTO_TEST_CASE(a_base_class_with_a_discriminator_ends) {
  const Compiled dog{R"({"openapi": "3.0.0", "components": {"schemas": {
    "Pet": {"type": "object", "required": ["type"], "discriminator": {"propertyName": "type"}},
    "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "required": ["bark"]}]}}}})",
                     v3_0, "/components/schemas/Dog"};
  BOOST_TEST(dog.accepts(R"({"type": "Dog", "bark": 1})"));
  BOOST_TEST(!dog.accepts(R"({"type": "Dog"})"));
}

BOOST_AUTO_TEST_CASE(formats_of_apis_are_asserted) {
  const auto accepts = [&](std::string_view format, std::string_view instance) {
    return Compiled{R"({"format": ")" + std::string{format} + "\"}", v3_0}.accepts(instance);
  };
  BOOST_TEST(accepts("int32", "2147483647"));
  BOOST_TEST(!accepts("int32", "2147483648"));
  BOOST_TEST(!accepts("int32", "1.5"));
  BOOST_TEST(accepts("int64", "-9223372036854775808"));
  BOOST_TEST(!accepts("int64", "9223372036854775808"));
  BOOST_TEST(!accepts("float", "1e39"));
  BOOST_TEST(accepts("double", "1e39"));
  BOOST_TEST(accepts("byte", "\"aGk=\""));
  BOOST_TEST(!accepts("byte", "\"aGk\""));
  BOOST_TEST(accepts("password", "\"anything\""));
  BOOST_TEST((Compiled{R"({"format": "date"})", {.formats_are_asserted = false}}.accepts("\"no\"")));
}

BOOST_AUTO_TEST_CASE(schemas_of_one_document_are_compiled_once_and_shared) {
  const Json document = json(pets);
  SchemaSet set{document, v3_0};
  const auto pet = set.at("/components/schemas/Pet");
  const auto dog = set.find("#/components/schemas/Dog");
  BOOST_REQUIRE(pet);
  BOOST_REQUIRE(dog);
  BOOST_TEST(dog->place().pointer == "/components/schemas/Dog");
  BOOST_TEST(pet->is_valid(json(R"({"type": "Dog"})")));  // the handle stays good when more is compiled
  BOOST_TEST(!dog->is_valid(json(R"({"type": 1})")));
  BOOST_TEST(set.at("/components/schemas/Fish").problem()->id == "schema.missing");
  BOOST_TEST(set.at("/openapi").problem()->what == "The value at /openapi is \"3.0.3\", which is no schema.");
}

BOOST_AUTO_TEST_CASE(references_lead_into_further_files_of_the_submission) {
  const Json api = json(R"({"openapi": "3.0.0", "paths": {"/a": {"schema": {"$ref": "schemas/user.yaml#/User"}}}})");
  const Json user =
      json(R"({"User": {"properties": {"pet": {"$ref": "../pet.json"}, "lost": {"$ref": "lost.json"}}}})");
  const Json pet = json(R"({"type": "string"})");
  SchemaSet set{api, {.dialect = Dialect::openapi_3_0, .uri = "api.json"}};
  set.add("schemas/user.yaml", user);
  set.add("pet.json", pet);
  const auto schema = set.at("/paths/~1a/schema");
  BOOST_REQUIRE(schema);
  const ValidationResult result = schema->validate(json(R"({"pet": 1, "lost": 1})"));
  BOOST_REQUIRE(result.errors.size() == 1u);
  BOOST_TEST(result.errors[0].schema.document == "pet.json");
  BOOST_TEST(result.errors[0].schema.pointer == "/type");
  BOOST_REQUIRE(result.not_evaluated.size() == 1u);
  BOOST_TEST(result.not_evaluated[0].reason ==
             "\"lost.json\" leads to another document, which is not at hand; nothing is fetched.");
  BOOST_TEST(result.not_evaluated[0].instance == "/lost");
  BOOST_TEST(result.not_evaluated[0].schema.document == "schemas/user.yaml");
  BOOST_TEST(schema->defects().size() == 1u);
}

BOOST_AUTO_TEST_CASE(identifiers_in_a_3_1_document_are_found_where_schemas_stand) {
  const Compiled schema{R"({"openapi": "3.1.0",
    "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {
      "schema": {"$ref": "https://example.com/pet"}, "example": {"schema": {"$id": "https://example.com/pet", "type": "null"}}}}}}}}},
    "components": {"schemas": {"Pet": {"$id": "https://example.com/pet", "$ref": "#tag", "$defs": {"T": {"$anchor": "tag", "type": "string"}}}}}})",
                        v3_1, "/paths/~1a/get/responses/200/content/application~1json/schema"};
  BOOST_TEST(schema.defects() == "");
  BOOST_TEST(schema.errors("1") == "the value is 1, expected a string [ /components/schemas/Pet/$defs/T/type]\n");
}

BOOST_AUTO_TEST_SUITE_END()
