#include "harness/support/word_lists.h"

#include <boost/test/unit_test.hpp>

#include "harness/support/words.h"

using namespace plugvet;

namespace {

WordLists lists(const std::string& words) {
  auto read = WordLists::parse("format: plugvet-words/1\nsubjects:\n  s:\n    means: a subject\n    words:\n" + words, "w.yaml");
  BOOST_REQUIRE_MESSAGE(read, (read ? "" : read.problem()->what));
  return std::move(*read);
}

std::size_t count(const std::string& entry, const std::string& text, const std::string& language = "en") {
  return lists("      " + language + ": ['" + entry + "']\n").subject("s").count_in(folded(text), language);
}

std::string mistake(const std::string& text) {
  const auto read = WordLists::parse(text, "w.yaml");
  return read ? "" : read.problem()->what;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(word_lists)

BOOST_AUTO_TEST_CASE(an_entry_is_in_a_text_that_has_each_of_its_terms_as_words) {
  BOOST_TEST(count("data", "Our DATA, kept.") == 1u);
  BOOST_TEST(count("data", "A database.") == 0u);
  BOOST_TEST(count("data*", "A database.") == 1u);
  BOOST_TEST(count("*base", "A database.") == 1u);
  BOOST_TEST(count("*tab*", "A database.") == 1u);
  BOOST_TEST(count("keep* + data", "Your data is what we are keeping.") == 1u);
  BOOST_TEST(count("keep* + data", "We keep it.") == 0u);
  BOOST_TEST(count("third part*", "with  third\u00A0parties") == 1u);
  BOOST_TEST(count("don\'\'t keep", "We don\u2019t keep it") == 1u);
  BOOST_TEST(count("inc.", "Acme Inc. operates") == 1u);
}

BOOST_AUTO_TEST_CASE(a_term_may_have_alternatives_be_absent_and_stand_at_an_end) {
  BOOST_TEST(count("keep|store| hold + hours|days", "We store it for two days.") == 1u);
  BOOST_TEST(count("keep|store + hours|days", "We store it.") == 0u);
  BOOST_TEST(count("keep + hours + !hours a day|informed", "We keep it 3 hours.") == 1u);
  BOOST_TEST(count("keep + hours + !hours a day|informed", "We keep it open 24 hours a day.") == 0u);
  BOOST_TEST(count("^purpose$", "Purpose:") == 1u);
  BOOST_TEST(count("^purpose$", "The purpose") == 0u);
  BOOST_TEST(count("^purpose$", "Purpose of this") == 0u);
  BOOST_TEST(count("^accept*", "Accepted all") == 1u);
}

BOOST_AUTO_TEST_CASE(every_entry_counts_once) {
  const WordLists words = lists("      en: [data, keep*, kept]\n");
  BOOST_TEST(words.subject("s").count_in("data and data that we keep, keeping", "en") == 2u);
}

BOOST_AUTO_TEST_CASE(scripts_without_spaces_need_no_stars_and_variants_of_a_language_share_a_list) {
  BOOST_TEST(count("\u6536\u96C6", "\u6211\u4EEC\u4F1A\u6536\u96C6\u60A8\u7684\u4FE1\u606F", "zh") == 1u);
  const WordLists words = lists("      zh: [\u6536\u96C6]\n");
  BOOST_TEST(words.subject("s").count_in("\u6536\u96C6", "zh-Hant") == 1u);
  BOOST_TEST(words.subject("s").has_language("zh-Hant"));
  BOOST_TEST(!words.subject("s").has_language("ja"));
  BOOST_TEST(words.subject("s").is_in("\u6536\u96C6"));
  BOOST_TEST(words.subject("s").count_in("\u6536\u96C6", "ja") == 0u);
}

BOOST_AUTO_TEST_CASE(lists_that_are_malformed_are_refused_with_their_place) {
  const std::string head = "format: plugvet-words/1\nsubjects:\n  s:\n    means: a subject\n    words:\n      en: ";
  BOOST_TEST(mistake(head + "[data]") == "");
  for (const std::string words : {"[Data]", "['*']", "['']", "['a  b']", "['a*b']", "['a + ']", "['a + + b']", "[]", "7"})
    BOOST_TEST(mistake(head + words) != "", words);
  BOOST_TEST(mistake(head + "[Data]").starts_with("w.yaml:6:"), mistake(head + "[Data]"));
  BOOST_TEST(mistake("format: plugvet-words/2\nsubjects: {s: {means: x, words: {en: [a]}}}").find("plugvet-words/1") !=
             std::string::npos);
  BOOST_TEST(mistake("format: plugvet-words/1\nsubjects: {}") != "");
  BOOST_TEST(mistake("format: plugvet-words/1\nsubjects: {s: {means: x, words: {en: [a]}, more: 1}}") != "");
  BOOST_TEST(mistake("format: plugvet-words/1\nsubjects: {s: {means: x, words: {en: [a]}}, s: {means: y}}") != "");
  BOOST_TEST(mistake("[]") != "");
  BOOST_TEST(mistake("{") != "");
  BOOST_TEST(mistake(std::string((1u << 20) + 1, ' ')) != "");
}

BOOST_AUTO_TEST_CASE(sentences_end_where_their_script_ends_them) {
  const auto sentences = [](std::string_view text) {
    const auto found = sentences_of(text);
    return std::vector<std::string>{found.begin(), found.end()};
  };
  BOOST_TEST(sentences("We keep it. For 3.5 days!  Really? ") ==
                 (std::vector<std::string>{"We keep it.", "For 3.5 days!", "Really?"}),
             boost::test_tools::per_element());
  BOOST_TEST(sentences("\u4FDD\u5B58\u3002\u524A\u9664\u3002").size() == 2u);
  BOOST_TEST(sentences("").empty());
  BOOST_TEST(sentences("\xFF\xFE.").size() == 1u);
}

BOOST_AUTO_TEST_CASE(words_are_counted_as_people_do) {
  BOOST_TEST(count_words("") == 0u);
  BOOST_TEST(count_words("We don't keep third-party data: 14 days.") == 7u);
  BOOST_TEST(count_words("listTodos") == 1u);
  BOOST_TEST(count_words("Stra\u00DFe, \u041C\u043E\u0441\u043A\u0432\u0430") == 2u);
  BOOST_TEST(count_words("\u4FDD\u5B58\u671F\u9593\u3002") == 2u);
  BOOST_TEST(count_words("API\u3092\u4F7F\u3046") == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
