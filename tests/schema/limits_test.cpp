#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <random>

#include "harness/schema/value.h"
#include "tests/schema/applying.h"

using namespace plugvet;
using namespace plugvet::schema;
using plugvet::testing::Compiled;
using plugvet::testing::json;

BOOST_AUTO_TEST_SUITE(limits)

template <class Work>
double seconds_of(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>{std::chrono::steady_clock::now() - begin}.count();
}

BOOST_AUTO_TEST_CASE(an_enumeration_of_ten_megabytes_is_looked_up_by_hash) {
  Json allowed = Json::array();
  for (int i = 0; i < 600'000; ++i) allowed.push_back("value-" + std::to_string(i));
  const Json schema_json = {{"enum", std::move(allowed)}};
  bool first = false, last = false, other = true;
  const double seconds = seconds_of([&] {
    SchemaSet set{schema_json};
    const auto schema = set.at("");
    first = schema->is_valid("value-0");
    last = schema->is_valid("value-599999");
    for (int i = 0; i < 1000; ++i) other = other && schema->is_valid("value-" + std::to_string(600'000 + i));
  });
  BOOST_TEST(first);
  BOOST_TEST(last);
  BOOST_TEST(!other);
  BOOST_TEST(seconds < 10);  // of an unoptimised build; 0.3 s of an optimised one
}

BOOST_AUTO_TEST_CASE(large_arrays_are_searched_for_repetitions_without_comparing_all_pairs) {
  const Compiled schema{R"({"uniqueItems": true})"};
  Json items = Json::array();
  for (int i = 0; i < 100'000; ++i) items.push_back({{"id", i}, {"name", "n" + std::to_string(i)}});
  bool unique = false, repeated = true;
  const double seconds = seconds_of([&] {
    unique = schema.schema.is_valid(items);
    items.push_back({{"name", "n5"}, {"id", 5.0}});
    repeated = schema.schema.is_valid(items);
  });
  BOOST_TEST(unique);
  BOOST_TEST(!repeated);
  BOOST_TEST(seconds < 10);
}

BOOST_AUTO_TEST_CASE(numbers_are_numbers_however_they_are_written) {
  BOOST_TEST((Compiled{R"({"const": 1})"}.accepts("1.0")));
  BOOST_TEST((Compiled{R"({"enum": [10, 2.5]})"}.accepts("1e1")));
  BOOST_TEST((Compiled{R"({"type": "integer"})"}.accepts("3.0")));
  BOOST_TEST((!Compiled{R"({"type": "integer"})", {.dialect = Dialect::draft_4}}.accepts("3.0")));
  BOOST_TEST((!Compiled{R"({"const": 9007199254740993})"}.accepts("9007199254740992")));
  BOOST_TEST((!Compiled{R"({"maximum": 18446744073709551614})"}.accepts("18446744073709551615")));
  BOOST_TEST((!Compiled{R"({"const": 0})"}.accepts("false")));
  BOOST_TEST((Compiled{R"({"const": 0})"}.accepts("-0.0")));
}

BOOST_AUTO_TEST_CASE(multiples_are_counted_in_decimal) {
  const auto multiple = [](std::string_view value, std::string_view of) { return is_multiple(json(value), json(of)); };
  BOOST_TEST(multiple("0.3", "0.1"));
  BOOST_TEST(multiple("19.99", "0.01"));
  BOOST_TEST(multiple("0.0075", "0.0001"));
  BOOST_TEST(!multiple("0.00751", "0.0001"));
  BOOST_TEST(multiple("1e308", "0.5"));
  BOOST_TEST(multiple("1e308", "1e-308"));
  BOOST_TEST(!multiple("1e308", "0.123456789"));
  BOOST_TEST(multiple("18446744073709551615", "5"));
  BOOST_TEST(multiple("-9223372036854775808", "2"));
  BOOST_TEST(multiple("4.5", "1.5"));
  BOOST_TEST(!multiple("4.6", "1.5"));
  BOOST_TEST(multiple("0", "7"));
  BOOST_TEST(multiple("0.0", "0.1"));
}

BOOST_AUTO_TEST_CASE(objects_are_equal_in_any_order_of_members) {
  const Json a = json(R"({"a": 1, "b": [1, {"c": 2, "d": null}]})"),
             b = json(R"({"b": [1.0, {"d": null, "c": 2}], "a": 1})");
  BOOST_TEST(are_equal(a, b));
  BOOST_TEST(hash_of(a) == hash_of(b));
  BOOST_TEST(!are_equal(a, json(R"({"a": 1, "c": [1, {"c": 2, "d": null}]})")));
}

BOOST_AUTO_TEST_CASE(a_document_of_many_schemas_and_references_is_compiled_in_time) {
  std::string text = R"({"openapi": "3.0.0", "components": {"schemas": {)";
  constexpr int count = 20'000;
  for (int i = 0; i < count; ++i) {
    text += (i > 0 ? ", \"S" : "\"S") + std::to_string(i) +
            R"(": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/S)" +
            std::to_string((i * 7919 + 1) % count) + R"("}, "b": {"$ref": "#/components/schemas/S)" +
            std::to_string((i + 1) % count) + "\"}}}";
  }
  const Json document = json(text + "}}}");
  bool fits = false;
  const double seconds = seconds_of([&] {
    SchemaSet set{document, {.dialect = Dialect::openapi_3_0}};
    for (int i = 0; i < count; ++i) fits = bool{set.at("/components/schemas/S" + std::to_string(i))};
  });
  BOOST_TEST(fits);
  BOOST_TEST(seconds < 10);
}

BOOST_AUTO_TEST_CASE(defects_without_end_are_counted_not_kept) {
  std::string text = R"({"properties": {)";
  for (int i = 0; i < 20'000; ++i)
    text += (i > 0 ? ", \"p" : "\"p") + std::to_string(i) + R"(": {"$ref": "#/gone", "minLength": "x"})";
  const Compiled schema{text + "}}"};
  BOOST_TEST(schema.schema.defects().size() == 1001u);
  const ValidationResult result = schema(R"({"p0": 1, "p19999": 1})");
  BOOST_TEST(result.is_valid());
  BOOST_TEST(result.not_evaluated.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_keyword_of_the_wrong_type_is_a_defect_and_ignored) {
  const Compiled schema{
      R"({"type": "text", "minLength": -1, "maxItems": "2", "required": true, "enum": {}, "properties": [],
    "allOf": [], "anyOf": [1], "not": 1, "uniqueItems": 1, "multipleOf": 0, "pattern": 1, "items": 3})"};
  BOOST_TEST(schema.accepts("\"\""));
  BOOST_TEST(schema.schema.defects().size() == 13u);
  BOOST_TEST(schema.schema.defects()[0].message ==
             "type is \"text\", expected null, boolean, object, array, number, integer or string; it is ignored.");
}

BOOST_AUTO_TEST_CASE(a_long_list_of_alternatives_is_explained_briefly) {
  std::string text = R"({"anyOf": [)";
  for (int i = 0; i < 5000; ++i)
    text += (i > 0 ? ", " : "") + std::string{R"({"type": "object", "required": ["p)"} + std::to_string(i) + "\"]}";
  const Compiled schema{text + "]}"};
  ValidationResult result;
  BOOST_TEST(seconds_of([&] { result = schema("{}"); }) < 5);
  BOOST_REQUIRE(result.errors.size() == 1u);
  BOOST_TEST(result.errors[0].message.size() < 300u);
}

BOOST_AUTO_TEST_SUITE_END()
