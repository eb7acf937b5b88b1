#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "tests/schema/applying.h"

namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace plugvet::schema;
using plugvet::testing::Compiled;

BOOST_AUTO_TEST_SUITE(messages)

struct Told {
  std::string schema, instance, errors;
};
std::ostream& operator<<(std::ostream& out, const Told& row) {
  return out << row.schema << " on " << row.instance;
}

const std::vector<Told> told = {
    {R"({"properties": {"loans": {"items": {"properties": {"due": {"type": "string", "format": "date"}}}}}})",
     R"({"loans": [{}, {}, {"due": 17}]})",
     "loans[2].due is 17, expected a string in date format [/loans/2/due "
     "/properties/loans/items/properties/due/type]\n"},
    {R"({"type": ["string", "null"]})", "[1]", "the value is an array of 1 item, expected a string or null [ /type]\n"},
    {R"({"type": "integer"})", "1.5", "the value is 1.5, expected a whole number [ /type]\n"},
    {R"({"items": {"type": "boolean"}})", "[true, 1]", "item [1] is 1, expected true or false [/1 /items/type]\n"},
    {R"({"enum": ["a", 1, null]})", "\"b\"", "the value is \"b\", expected one of \"a\", 1 or null [ /enum]\n"},
    {R"({"enum": [1, 2, 3, 4, 5, 6, 7, 8]})", "9",
     "the value is 9, expected one of 1, 2, 3, 4, 5, 6 or 2 more [ /enum]\n"},
    {R"({"const": "a"})", "1", "the value is 1, expected \"a\" [ /const]\n"},
    {R"({"minLength": 3, "pattern": "^x"})", "\"é\"",
     "the value is \"é\" with 1 character, expected at least 3 characters [ /minLength]\n"
     "the value is \"é\", expected a string that matches ^x [ /pattern]\n"},
    {R"({"format": "date-time"})", "\"yesterday\"",
     "the value is \"yesterday\", expected a string in date-time format [ /format]\n"},
    {R"({"minimum": 5})", "3", "the value is 3, expected a number that is at least 5 [ /minimum]\n"},
    {R"({"exclusiveMaximum": 5})", "5", "the value is 5, expected a number below 5 [ /exclusiveMaximum]\n"},
    {R"({"multipleOf": 0.1})", "0.25", "the value is 0.25, expected a multiple of 0.1 [ /multipleOf]\n"},
    {R"({"minItems": 2})", "[1]",
     "the value is an array of 1 item, expected an array of at least 2 items [ /minItems]\n"},
    {R"({"uniqueItems": true})", "[1, 2, 1.0]",
     "item [2] is 1.0, which is in the array already; its items must be different [/2 /uniqueItems]\n"},
    {R"({"contains": {"type": "string"}})", "[1, 2]",
     "the value is an array of 2 items, of which none matches, expected an array with at least 1 item that matches [ "
     "/contains]\n"},
    {R"({"required": ["a", "b"]})", R"({"a": 1})", "the value lacks the member \"b\" [ /required]\n"},
    {R"({"properties": {"colour": {}}, "additionalProperties": false})", R"({"color": 1})",
     "color is not a member that the schema allows; there is \"colour\" [/color /additionalProperties]\n"},
    {R"({"properties": {"a": {"unevaluatedProperties": false}}})", R"({"a": {"b c": 1}})",
     "a[\"b c\"] is not allowed: no part of the schema expects it [/a/b c /properties/a/unevaluatedProperties]\n"},
    {R"({"propertyNames": {"maxLength": 2}})", R"({"abc": 1})",
     "the name of the member \"abc\" of the value is not allowed, expected at most 2 characters [ /propertyNames]\n"},
    {R"({"dependentRequired": {"card": ["name"]}})", R"({"card": 1})",
     "the value has the member \"card\", but lacks \"name\", which must be there too [ /dependentRequired]\n"},
    {R"({"not": {"type": "string"}})", "\"a\"",
     "the value is \"a\", which the schema under \"not\" excludes [ /not]\n"},
    {"false", "1", "the value is not allowed [ ]\n"},
    {R"({"oneOf": [{"type": "integer"}, {"minimum": 2}]})", "3",
     "the value is 3 that matches alternatives 1 and 2, expected exactly one [ /oneOf]\n"},
};

BOOST_DATA_TEST_CASE(an_error_says_where_what_and_what_was_expected, data::make(told), row) {
  BOOST_TEST(Compiled{row.schema}.errors(row.instance) == row.errors);
}

BOOST_AUTO_TEST_CASE(an_error_has_its_parts) {
  const Compiled schema{R"({"properties": {"a/b": {"type": "string"}}})", {.uri = "api.json"}};
  const ValidationResult result = schema(R"({"a/b": null})");
  BOOST_REQUIRE(result.errors.size() == 1u);
  const ValidationError& error = result.errors[0];
  BOOST_TEST(error.instance == "/a~1b");
  BOOST_TEST(error.schema.document == "api.json");
  BOOST_TEST(error.schema.pointer == "/properties/a~1b/type");
  BOOST_TEST(error.keyword == "type");
  BOOST_TEST(error.expected == "a string");
  BOOST_TEST(error.actual == "null");
}

BOOST_AUTO_TEST_CASE(the_caller_names_the_instance) {
  BOOST_TEST(Compiled{R"({"required": ["id"]})"}.errors("{}", {.subject = "the response"}) ==
             "the response lacks the member \"id\" [ /required]\n");
}

BOOST_AUTO_TEST_CASE(of_alternatives_the_closest_one_is_explained) {
  const Compiled schema{R"({"$defs": {
      "Cat": {"type": "object", "required": ["lives"], "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}},
      "Dog": {"type": "object", "required": ["bark"], "properties": {"kind": {"const": "dog"}, "bark": {"type": "string"}}}},
    "properties": {"pet": {"anyOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]}}})"};
  BOOST_TEST(
      schema.errors(R"({"pet": {"kind": "dog", "bark": 3}})") ==
      "pet is an object that matches none of 2 alternatives; the closest is #/$defs/Dog: pet.bark is 3, expected a "
      "string [/pet /properties/pet/anyOf]\n");
  BOOST_TEST(schema.errors(R"({"pet": 3})") == "pet is 3, expected an object [/pet /properties/pet/anyOf]\n");
}

BOOST_AUTO_TEST_CASE(when_only_one_alternative_has_the_right_type_its_own_errors_are_reported) {
  BOOST_TEST(Compiled{R"({"anyOf": [{"type": "null"}, {"type": "object", "required": ["a"]}]})"}.errors("{}") ==
             "the value lacks the member \"a\" [ /anyOf/1/required]\n");
}

BOOST_AUTO_TEST_CASE(no_more_errors_are_reported_than_asked_for) {
  const Compiled schema{R"({"items": {"type": "string"}})"};
  const ValidationResult three = schema("[1, 2, 3, 4, 5]", {.errors = 3});
  BOOST_TEST(three.errors.size() == 3u);
  BOOST_TEST(three.has_more_errors);
  const ValidationResult all = schema("[1, 2, 3]", {.errors = 3});
  BOOST_TEST(all.errors.size() == 3u);
  BOOST_TEST(!all.has_more_errors);
}

BOOST_AUTO_TEST_CASE(text_of_strangers_is_shortened_and_made_visible) {
  const std::string text = Compiled{R"({"type": "integer"})"}.errors("\"\\u001b[31m" + std::string(5000, 'a') + "\"");
  BOOST_TEST(text.find('\x1b') == std::string::npos);
  BOOST_TEST(text.size() < 200u);
}

BOOST_AUTO_TEST_SUITE_END()
