#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "harness/probe/pattern_text.h"
#include "harness/schema/schema.h"
#include "harness/support/text.h"

using namespace plugvet;

BOOST_AUTO_TEST_SUITE(probe_patterns)

BOOST_AUTO_TEST_CASE(texts_are_made_that_a_pattern_takes) {
  const char* patterns[] = {"^t[1-9][0-9]*$", "^[A-Z]{2,3}-\\d{4}$", "^(red|green|blue)$", "^\\w+@\\w+\\.(com|org)$",
                            "^[^aeiou ]{5}$", "^(?:a|b(?:c|d)+)*z?$", "[a-f0-9]{8}(-[a-f0-9]{4}){3}", "^\\u0041\\x42$",
                            "^(?<year>\\d{4})-\\d\\d$", "\\S", "^.{3,5}$", "^[\\w.-]+$"};
  for (const char* pattern : patterns) {
    const Json json{{"pattern", pattern}};
    schema::SchemaSet set{json};
    const auto schema = set.at("");
    Random random{1};
    for (std::size_t wanted : {0u, 1u, 4u, 30u}) {
      const auto text = text_for_pattern(pattern, wanted, random);
      BOOST_REQUIRE_MESSAGE(text, pattern);
      BOOST_TEST(schema->is_valid(Json(*text)), pattern << " does not take " << *text);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_repetition_goes_on_as_long_as_wanted) {
  Random random{1};
  BOOST_TEST(code_points(*text_for_pattern("^t[1-9][0-9]*$", 12, random)) == 12u);
  BOOST_TEST(code_points(*text_for_pattern("^t[1-9][0-9]*$", 0, random)) == 2u);
}

BOOST_AUTO_TEST_CASE(what_nothing_can_be_made_for_is_told) {
  Random random{1};
  for (const char* pattern : {"(", "[", "a)", "(?=a)b", "(?<!a)b", "(a)\\1", "[z-a]", "\\", "a{9999999}", "\\u00"})
    BOOST_TEST(!text_for_pattern(pattern, 5, random).has_value(), pattern);
}

BOOST_AUTO_TEST_CASE(hostile_patterns_end) {
  Random random{1};
  const std::string deep = std::string(5000, '(') + std::string(5000, ')');
  BOOST_TEST(!text_for_pattern(deep, 5, random).has_value());
  const auto huge = text_for_pattern("((((a{4000}){4000}){4000}){4000})", 5, random);
  BOOST_TEST((!huge || huge->size() < 100'000));
}

BOOST_AUTO_TEST_SUITE_END()
