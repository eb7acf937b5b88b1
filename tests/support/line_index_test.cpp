#include "harness/support/line_index.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace plugvet;

BOOST_AUTO_TEST_SUITE(line_index)

BOOST_AUTO_TEST_CASE(places_and_offsets_are_each_others_inverse) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += i % 7 == 0 ? "ü\r\n" : i % 5 == 0 ? "\n" : "a line, 行\n";
  text.append(20'000, 'x').append("€ and the end");
  const LineIndex index{text};
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    const char c = text[offset];
    if (c == '\n' || (static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
    BOOST_REQUIRE_EQUAL(index.offset_of(text, index.at(text, offset)), offset);
  }
}

BOOST_AUTO_TEST_CASE(a_place_beyond_its_line_is_the_end_of_it) {
  const std::string text = "ab\ncd\n";
  const LineIndex index{text};
  BOOST_TEST(index.offset_of(text, {1, 9}) == 2u);
  BOOST_TEST(index.offset_of(text, {2, 3}) == 5u);
  BOOST_TEST(index.offset_of(text, {3, 1}) == text.size());
  BOOST_TEST(index.offset_of(text, {4, 1}) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
