#include "harness/support/words.h"

#include <boost/test/unit_test.hpp>

using namespace plugvet;
using Words = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(an_identifier_is_split_where_a_person_sees_words) {
  BOOST_TEST(words_of("listTodos") == (Words{"list", "todos"}), boost::test_tools::per_element());
  BOOST_TEST(words_of("get_HTTPServer-v2") == (Words{"get", "http", "server", "v2"}), boost::test_tools::per_element());
  BOOST_TEST(words_of("getERC20Token") == (Words{"get", "erc20", "token"}), boost::test_tools::per_element());
  BOOST_TEST(words_of("URL") == Words{"url"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_text_has_words_in_lower_case_and_no_punctuation) {
  const Words expected{"adds", "one", "todo", "to", "the", "list"};
  BOOST_TEST(words_of("Adds one todo, to the \"list\".") == expected, boost::test_tools::per_element());
  BOOST_TEST(words_of("- “…” \xFF / .").empty());
}

BOOST_AUTO_TEST_CASE(letters_beyond_ascii_do_not_end_a_word) {
  BOOST_TEST(words_of("GRÖSSE, ändernÄhnlich") == (Words{"grösse", "ändern", "ähnlich"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(inflected_forms_have_one_stem) {
  BOOST_TEST(stem_of("deletes") == stem_of("deleted"));
  BOOST_TEST(stem_of("todos") == stem_of("todo"));
  BOOST_TEST(stem_of("list") != stem_of("delete"));
  BOOST_TEST(stem_of("") == "");
}

BOOST_AUTO_TEST_CASE(a_word_that_is_none_stays_as_it_is) {
  BOOST_TEST(stem_of("\xFF\xFE") == "\xFF\xFE");
  const std::string endless(1'000'000, 's');
  BOOST_TEST(stem_of(endless).size() == endless.size());
}

BOOST_AUTO_TEST_SUITE_END()
