#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "tests/schema/applying.h"

namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace plugvet::schema;
using plugvet::testing::Compiled;

BOOST_AUTO_TEST_SUITE(cycles)

/// Schemas that lead back to themselves for the same value. None can be decided, and all must end.
const std::vector<std::string> circles = {
    R"({"$ref": "#"})",
    R"({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}})",
    R"({"allOf": [{"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}]})",
    R"({"anyOf": [{"$ref": "#"}, {"$ref": "#"}]})",
    R"({"oneOf": [{"$ref": "#"}, {"$ref": "#"}]})",
    R"({"not": {"$ref": "#"}})",
    R"({"not": {"not": {"$ref": "#"}}})",
    R"({"if": {"$ref": "#"}, "then": {"type": "null"}, "else": false})",
    R"({"if": true, "then": {"$ref": "#"}})",
    R"({"dependentSchemas": {"a": {"$ref": "#"}}})",
    R"({"$dynamicRef": "#x", "$dynamicAnchor": "x"})",
    R"({"$dynamicAnchor": "x", "allOf": [{"$dynamicRef": "#x"}, {"$dynamicRef": "#x"}], "unevaluatedProperties": false})",
    R"({"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}]}, "b": {"oneOf": [{"$ref": "#/$defs/c"}]},
        "c": {"allOf": [{"$ref": "#/$defs/a"}]}}})",
};

BOOST_DATA_TEST_CASE(a_schema_that_is_itself_is_not_evaluated, data::make(circles), text) {
  const Compiled schema{text};
  const ValidationResult result = schema(R"({"a": 1})");
  BOOST_TEST(result.is_valid());
  BOOST_REQUIRE(!result.not_evaluated.empty());
  BOOST_TEST(result.not_evaluated[0].reason == "It refers to itself in a circle.");
}

BOOST_AUTO_TEST_CASE(a_circle_in_one_alternative_leaves_the_others) {
  const Compiled schema{R"({"anyOf": [{"$ref": "#"}, {"type": "string"}]})"};
  BOOST_TEST(schema.accepts("\"a\""));
  BOOST_TEST(schema(R"(1)").not_evaluated.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_recursive_schema_goes_as_deep_as_a_document) {
  const Compiled schema{R"({"$ref": "#/$defs/node", "$defs": {"node": {"type": "object",
    "properties": {"next": {"allOf": [{"$ref": "#/$defs/node"}]}}, "additionalProperties": false}}})"};
  std::string instance;
  for (int i = 0; i < 255; ++i) instance += "{\"next\":";
  BOOST_TEST(schema.accepts(instance + "{}" + std::string(255, '}')));
  const ValidationResult wrong = schema(instance + "{\"last\":1}" + std::string(255, '}'));
  BOOST_REQUIRE(wrong.errors.size() == 1u);
  BOOST_TEST(wrong.errors[0].message ==
             "….next.next.next.next.next.next.next.next.next.next.next.last is not a member that the schema allows");
}

/// a0 leads to a1, a1 to a2, …, each by `text` around the reference.
std::string chain(int length, const std::string& before, const std::string& after) {
  std::string defs;
  for (int i = 0; i < length; ++i) {
    const std::string next = i + 1 < length ? before + R"({"$ref": "#/$defs/a)" + std::to_string(i + 1) + "\"}" + after
                                            : R"({"type": "string"})";
    defs += (i == 0 ? "" : ", ") + std::string{"\"a"} + std::to_string(i) + "\": " + next;
  }
  return R"({"$ref": "#/$defs/a0", "$defs": {)" + defs + "}}";
}

BOOST_AUTO_TEST_CASE(long_chains_of_references_end) {
  BOOST_TEST((Compiled{chain(20000, "", "")}(R"(1)").is_valid()));
  const Compiled nested{chain(20000, R"({"allOf": [)", "]}")};
  BOOST_TEST(nested.not_evaluated("1") == "The schemas are applied within each other too deep. [ /$defs/a1023]\n");
  BOOST_TEST((!Compiled{chain(900, R"({"allOf": [)", "]}")}.accepts("1")));
}

BOOST_AUTO_TEST_CASE(schemas_that_double_at_every_step_end) {
  std::string defs;
  for (int i = 0; i < 100; ++i) {
    const std::string next = R"({"$ref": "#/$defs/a)" + std::to_string(i + 1) + "\"}";
    defs += "\"a" + std::to_string(i) + R"(": {"allOf": [)" + next + ", " + next + "]}, ";
  }
  for (const char* last : {"{\"minLength\": 1}", "{\"type\": \"string\"}"}) {
    const Compiled schema{R"({"$ref": "#/$defs/a0", "$defs": {)" + defs + "\"a100\": " + last + "}}"};
    const auto begin = std::chrono::steady_clock::now();
    const ValidationResult result = schema("\"text\"", {.steps = 1'000'000});
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{20}));
    BOOST_TEST(result.is_valid());
    BOOST_REQUIRE(!result.not_evaluated.empty());
    BOOST_TEST(result.not_evaluated[0].reason == "It takes too much work to evaluate.");
  }
}

BOOST_AUTO_TEST_CASE(references_that_lead_nowhere_are_defects_and_the_rest_still_counts) {
  const Compiled schema{
      R"({"required": ["a"], "properties": {"a": {"$ref": "#/$defs/gone"}, "b": {"$ref": "#/$defs/text"},
    "c": {"$ref": 7}, "d": {"$ref": "https://evil.example/schema"}}, "$defs": {"text": "no schema"}})"};
  BOOST_TEST(schema.defects() ==
             "\"#/$defs/gone\" leads nowhere: there is nothing at its target. [/properties/a/$ref]\n"
             "\"#/$defs/text\" leads to \"no schema\", which is no schema. [/properties/b/$ref]\n"
             "$ref is 7, expected a reference. [/properties/c/$ref]\n"
             "\"https://evil.example/schema\" leads to another document, which is not at hand; nothing is fetched. "
             "[/properties/d/$ref]\n");
  BOOST_TEST(schema.errors(R"({"b": 1})") == "the value lacks the member \"a\" [ /required]\n");
  BOOST_TEST(schema.not_evaluated(R"({"a": 1})") ==
             "\"#/$defs/gone\" leads nowhere: there is nothing at its target. [/a /properties/a/$ref]\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_decided_is_never_turned_into_an_error) {
  for (const char* text :
       {R"({"not": {"$ref": "#/gone"}})", R"({"oneOf": [{"$ref": "#/gone"}, {"type": "string"}]})",
        R"({"if": {"$ref": "#/gone"}, "then": false, "else": false})",
        R"({"contains": {"$ref": "#/gone"}, "maxContains": 0})",
        R"({"anyOf": [{"$ref": "#/gone"}], "unevaluatedProperties": false, "unevaluatedItems": false})",
        R"({"propertyNames": {"$ref": "#/gone"}, "minProperties": 0, "$ref": "#/gone"})"}) {
    const Compiled schema{text};
    for (const char* instance : {"\"a\"", "[1]", R"({"a": 1})"})
      BOOST_TEST(schema(instance).is_valid(), text << instance);
  }
}

BOOST_AUTO_TEST_SUITE_END()
