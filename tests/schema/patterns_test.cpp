#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <ostream>

#include "harness/schema/ecma_pattern.h"
#include "harness/schema/pattern.h"
#include "tests/schema/applying.h"

namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace plugvet::schema;
using plugvet::testing::Compiled;

BOOST_AUTO_TEST_SUITE(patterns)

struct Row {
  std::string pattern, text;
  bool matches;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.pattern << " on " << row.text;
}

const std::vector<Row> rows = {
    {"a.c", "xabcx", true},
    {"^a.c$", "a\nc", false},
    {"^a.c$", "a\u2028c", false},
    {"^abc$", "abc\n", false},
    {R"(^\d+$)", "12", true},
    {R"(^\d+$)", "١٢", false},
    {R"(^\s$)", "\u00a0", true},
    {R"(^[\s]$)", "\ufeff", true},
    {R"(^[^\S]$)", "x", false},
    {R"(^[\S\d]$)", "x", true},
    {R"(^\W$)", "é", true},
    {R"(^[\W]$)", "é", true},
    {R"(^\u00e9\x41\cA\0$)", std::string{"éA\x01\0", 5}, true},
    {R"(^\u{1F600}\uD83D\uDE00$)", "😀😀", true},
    {R"(^.$)", "😀", true},
    {R"(^\p{Lu}\p{Letter}\p{Script=Greek}\p{sc=Cyrl}\P{L}$)", "ÉaωЖ1", true},
    {R"(^[\p{L}\p{N}_-]+$)", "Straße_9-x", true},
    {R"(^\p{Emoji_Presentation}$)", "😀", true},
    {R"((?<year>\d{4})-(?<month>\d\d))", "2026-01", true},
    {R"((?<q>['"]).*\k<q>)", "say \"x\"", true},
    {R"(^(a)(b)\2\1$)", "abba", true},
    {R"(^(?!admin)\w+$)", "admins", false},
    {R"(^(?=.*\d)(?=.*[a-z]).{4,}$)", "abc1", true},
    {R"((?<!a)b)", "ab", false},
    {R"((?<=a)b)", "ab", true},
    {R"(^\-\_\@\#\"\/\.$)", "-_@#\"/.", true},
    {R"(^{a}$)", "{a}", true},
    {R"(^x{,2}$)", "x{,2}", true},
    {R"(^]}$)", "]}", true},
    {R"(^[[:alpha:]]$)", "a]", true},
    {R"(^[a\-z]$)", "-", true},
    {R"(^[\b]$)", "\b", true},
    {R"(^[\w-.]$)", "-", true},
    {"[]", "x", false},
    {"^[^]$", "\n", true},
    {"^a{2,3}?$", "aaa", true},
    {"^x{1,1500}$", "xxx", true},
    {"", "", true},
    {"^(|a)+$", "aa", true},
    {R"(\bfoo\b)", "a foo b", true},
    {R"(^(?i:abc)d$)", "ABCd", true},
    {"^é$", "é", true},
};

BOOST_DATA_TEST_CASE(a_pattern_of_ecmascript_means_what_it_means_there, data::make(rows), row) {
  PatternBudget budget;
  const Pattern pattern{row.pattern, budget};
  BOOST_REQUIRE_MESSAGE(pattern.error().empty(), pattern.error());
  std::uint64_t steps = 0;
  BOOST_TEST((pattern.match(row.text, steps) == (row.matches ? Pattern::Match::yes : Pattern::Match::no)));
}

struct Refused {
  std::string pattern, why;
};
std::ostream& operator<<(std::ostream& out, const Refused& row) {
  return out << row.pattern;
}

const std::vector<Refused> refused = {
    {"a\\", "it ends in a backslash"},
    {"(a", "a group is not closed"},
    {"a)", "\")\" closes no group"},
    {"[a", "a class is not closed: \"]\" is missing"},
    {"*a", "nothing stands before \"*\" that could be repeated"},
    {"a**", "nothing stands before \"*\" that could be repeated"},
    {"a++", "nothing stands before \"+\" that could be repeated"},
    {"^*", "nothing stands before \"*\" that could be repeated"},
    {"a{3,2}", "the limits of a repetition are out of order"},
    {"[z-a]", "the ends of a range are out of order"},
    {"\\A", "\"\\A\" does not exist in regular expressions of ECMA-262"},
    {"(?i)a", "\"(?i)a\" does not exist in regular expressions of ECMA-262"},
    {"(?P<n>a)", "\"(?P<n…\" does not exist in regular expressions of ECMA-262"},
    {"(a)\\2", "it refers back to a group that does not exist"},
    {"\\k<n>", "it refers back to a group that does not exist"},
    {"(?<n>a)(?<n>b)", "two groups are named n"},
    {"\\p{Klingon}", "there is no Unicode property \"Klingon\""},
    {"\\pL", "the name of a Unicode property is missing after \\p"},
    {"\\u12", "4 hexadecimal digits must follow \\u"},
    {"\\uD800", "it has half of a surrogate pair, which is no character"},
    {"[\\uD800-\\uDBFF]", "it has halves of surrogate pairs, which are no characters"},
    {"\\07", "ECMA-262 has no octal escapes"},
    {std::string(5000, 'a'), "it has 4.9 KiB, at most 4096 are read"},
    {std::string(300, '(') + std::string(300, ')'), "its groups are nested too deep"},
};

BOOST_DATA_TEST_CASE(what_is_no_pattern_is_refused_with_its_reason, data::make(refused), row) {
  BOOST_TEST(translate_ecma_pattern(row.pattern).error == row.why);
}

BOOST_AUTO_TEST_CASE(a_pattern_that_no_engine_takes_is_not_evaluated) {
  const Compiled schema{R"({"type": "string", "pattern": "(?<=a+)b"})"};
  const ValidationResult result = schema("\"x\"");
  BOOST_TEST(result.is_valid());
  BOOST_TEST(!result.is_certainly_valid());
  BOOST_REQUIRE(result.not_evaluated.size() == 1u);
  BOOST_TEST(result.not_evaluated[0].keyword == "pattern");
  BOOST_TEST(schema.defects() ==
             "The pattern \"(?<=a+)b\" is not evaluated: neither RE2 nor PCRE2 takes it (lookbehind "
             "assertion is not fixed length). [/pattern]\n");
  BOOST_TEST(!schema("1").is_valid());
  BOOST_TEST(schema("1").not_evaluated.empty());
}

BOOST_AUTO_TEST_CASE(members_whose_names_cannot_be_matched_are_not_forbidden) {
  const Compiled schema{R"({"patternProperties": {"\\Ax": {"type": "string"}}, "additionalProperties": false})"};
  const ValidationResult result = schema(R"({"x": 1})");
  BOOST_TEST(result.is_valid());
  BOOST_TEST(result.not_evaluated.size() == 1u);
}

BOOST_AUTO_TEST_CASE(catastrophic_patterns_end) {
  const std::string text(2000, 'a');
  for (const char* source : {"^(a+)+$", "^(a|aa)+$", "^(?=(a+)+$)(a*)*b", "(a*)*\\1b", "(?!(a+)+b)(a|a)*c"}) {
    PatternBudget budget;
    const Pattern pattern{source, budget};
    BOOST_REQUIRE_MESSAGE(pattern.error().empty(), pattern.error());
    std::uint64_t steps = 0;
    const auto begin = std::chrono::steady_clock::now();
    pattern.match(text + "!", steps);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{3}), source);
  }
}

BOOST_AUTO_TEST_CASE(a_pattern_that_takes_too_long_is_not_evaluated) {
  const Compiled schema{"{\"items\": {\"pattern\": \"^(?=(a|aa)+$)\"}}"};
  std::string instance = "[";
  for (int i = 0; i < 1000; ++i) instance += (i > 0 ? ", \"" : "\"") + std::string(60, 'a') + "!\"";
  const auto begin = std::chrono::steady_clock::now();
  const ValidationResult result = schema(instance + "]");
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{30}));
  BOOST_TEST(!result.not_evaluated.empty());
}

BOOST_AUTO_TEST_CASE(many_patterns_do_not_take_all_memory) {
  std::string text = R"({"properties": {)";
  for (int i = 0; i < 5000; ++i)
    text += (i > 0 ? ", \"p" : "\"p") + std::to_string(i) + R"(": {"pattern": "^[a-z]{1,)" +
            std::to_string(i % 900 + 1) + "}x" + std::to_string(i) + "$\"}";
  const Compiled schema{text + "}}"};
  const std::string defects = schema.defects();
  BOOST_TEST(defects.find("the patterns of this document take too much memory") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
