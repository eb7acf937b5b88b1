#include <boost/test/unit_test.hpp>
#include <string>

#include "checks/expression.h"
#include "checks/near_words.h"
#include "checks/openings.h"
#include "checks/phrases.h"
#include "checks/word_lists.h"
#include "harness/support/members.h"

using namespace plugvet;
using namespace plugvet::checks;

namespace {

/// A word that an expression may begin with.
bool may_begin(std::string_view expression, std::string_view word) {
  const auto openings = openings_of(expression);
  BOOST_REQUIRE_MESSAGE(openings, expression << " is not understood");
  return openings->test(word_starts(word).front().letters);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(expression)

BOOST_AUTO_TEST_CASE(a_match_may_begin_anywhere_or_at_one_place) {
  const Expression number{R"(\b[0-9]+\b)"};
  BOOST_TEST((number.find("a 12 b 3") == std::optional<std::string_view>{"12"}));
  BOOST_TEST((number.find("a 12 b 3", 4) == std::optional<std::string_view>{"3"}));
  BOOST_TEST((number.find_at("a 12 b 3", 2) == std::optional<std::string_view>{"12"}));
  BOOST_TEST(!number.find_at("a 12 b 3", 1));
  BOOST_TEST(!number.find_at("a 12 b 3", 3), "what stands before counts");
  BOOST_TEST(!number.find("none"));
  BOOST_TEST((Expression{"KEY", Expression::Case::ignored}.find("the key") == std::optional<std::string_view>{"key"}));
  BOOST_TEST(!Expression{"KEY"}.find("the key"));
}

BOOST_AUTO_TEST_CASE(long_texts_and_bad_utf8_are_searched_too) {
  const Expression word{R"(\bneedle\b)"};
  const std::string hay(100'000, ' ');
  BOOST_TEST(word.find(hay + "needle").has_value());
  BOOST_TEST(word.find_at(hay + "needle", hay.size()).has_value());
  BOOST_TEST(word.find("\xFF needle \xC3").has_value());
}

BOOST_AUTO_TEST_CASE(what_takes_too_many_steps_is_left_to_the_automaton) {
  const Expression slow{"(?:a|aa)+b"};
  BOOST_TEST(!slow.find(std::string(10'000, 'a')));
  BOOST_TEST((slow.find(std::string(10'000, 'a') + "b").value_or("").size() == 10'001u));
}

BOOST_AUTO_TEST_CASE(what_is_no_expression_says_why) {
  BOOST_TEST(Expression{"a(b"}.error() != "");
  BOOST_TEST(Expression{"a(?:b)"}.error() == "");
}

BOOST_AUTO_TEST_CASE(every_phrase_is_found_the_same_by_trying_and_by_the_automaton) {
  for (const EmbeddedFile& file : word_lists()) {
    const std::string name{file.path.substr(0, file.path.rfind('.'))};
    if (!member_of(word_list(name).root(), "phrases")) continue;
    const Phrases& list = Phrases::named(name);
    for (std::size_t i = 0; i < list.all().size(); ++i) {
      const Expression expression{list.all()[i].pattern, Expression::Case::ignored};
      for (const Phrases::Phrase& phrase : list.all())
        for (const std::string& text : phrase.finds) {
          const auto found = expression.find(text);
          Subject not_tried{text};
          not_tried.is_utf8 = false;
          BOOST_CHECK_MESSAGE(found == expression.find(not_tried), name << ", " << i << ": " << text);
          const auto openings = openings_of(list.all()[i].pattern);
          if (!found || !openings) continue;
          const auto begin = static_cast<std::size_t>(found->data() - text.data());
          const auto words = word_starts(text);
          bool is_at_opening = false;
          for (const WordStart& word : words) is_at_opening |= word.at == begin && openings->test(word.letters);
          BOOST_CHECK_MESSAGE(is_at_opening, name << ", " << i << " does not begin where it may: " << text);
        }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_words_that_a_match_may_begin_with_are_read_from_the_expression) {
  constexpr std::string_view grouped = R"(\b(?:always|must (?:only|not)|don't) use\b)";
  for (const char* word : {"always", "must", "don", "MUST", "donkey"}) BOOST_TEST(may_begin(grouped, word), word);
  for (const char* word : {"use", "only", "do", "alas"}) BOOST_TEST(!may_begin(grouped, word), word);
  BOOST_TEST(may_begin(R"(\ban? plugin\b)", "a"));
  BOOST_TEST(may_begin(R"(\bdo not\b|\bnever\b)", "never"));
  for (const char* word : {"ai", "your", "lawyers"}) BOOST_TEST(may_begin(R"(\b(?:ai |your )?lawyers?)", word), word);
  BOOST_TEST(may_begin(R"(\bprioriti[sz]ed?\b)", "prioritized"));
  for (const char* open : {"use", R"((?:^|\n)use)", R"(\b(?:use)? it)", R"(\b[a-z]+ it)", R"(\b(?:|use) it)", R"(\buse|it)",
                           R"(\ba?)", R"(\b(?=use))", R"(\b(?:use)", ""})
    BOOST_TEST(!openings_of(open), open);
}

BOOST_AUTO_TEST_CASE(words_tell_which_phrases_a_text_may_have) {
  NearWords words;
  words.add(0, NearWords::Part::near, {"use", "call"});
  words.add(1, NearWords::Part::near, {"use"});
  words.add(1, NearWords::Part::also_near, {"always", "指令"});
  const auto near = [&](std::string_view text) { return words.in(text).to_ulong(); };
  BOOST_TEST(near("") == 0u);
  BOOST_TEST(near("users recall") == 0u);
  BOOST_TEST(near("Call it") == 1u);
  BOOST_TEST(near("USE it; always.") == 3u);
  BOOST_TEST(near("use指令") == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
