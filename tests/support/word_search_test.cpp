#include "harness/support/word_search.h"

#include <boost/test/unit_test.hpp>

using namespace plugvet;

namespace {

std::string words_of(std::vector<std::string> words, std::string_view text) {
  std::string all;
  for (const std::string& word : WordSearch{std::move(words)}.words_in(text)) all += (all.empty() ? "" : ", ") + word;
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(word_search)

BOOST_AUTO_TEST_CASE(whole_words_are_found_whatever_their_case) {
  BOOST_TEST(words_of({"best", "free"}, "The BEST plugin, for Free!") == "best, free");
  BOOST_TEST(words_of({"best", "free"}, "Bestow freedom, carefree") == "");
  BOOST_TEST(words_of({"straße"}, "Die STRASSE ist lang") == "straße");
  BOOST_TEST(words_of({"büro"}, "Ein Bu\xCC\x88ro") == "büro");
}

BOOST_AUTO_TEST_CASE(a_phrase_is_found_over_any_white_space) {
  BOOST_TEST(words_of({"number one"}, "We are Number\n  ONE.") == "number one");
  BOOST_TEST(words_of({"number one"}, "We number ones") == "");
}

BOOST_AUTO_TEST_CASE(invisible_and_wide_characters_do_not_hide_a_word) {
  BOOST_TEST(words_of({"casino"}, "ca\xC2\xADsi\xE2\x80\x8Bno") == "casino");
  BOOST_TEST(words_of({"casino"}, "ｃａｓｉｎｏ") == "casino");
}

BOOST_AUTO_TEST_CASE(words_end_where_their_script_ends_them) {
  BOOST_TEST(words_of({"don't", "C++"}, "I don't write c++.") == "don't, C++");
  BOOST_TEST(words_of({"foo"}, "foo_bar foo2") == "");
  BOOST_TEST(words_of({"免费"}, "这个插件是免费的") == "免费");
}

BOOST_AUTO_TEST_CASE(nothing_is_in_nothing) {
  BOOST_TEST(words_of({"a", " "}, "") == "");
  BOOST_TEST(words_of({" ", "\xC2\xAD"}, "a b") == "");
}

BOOST_AUTO_TEST_SUITE_END()
