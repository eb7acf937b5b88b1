#include "harness/support/text.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(text)

struct Length {
  std::string text;
  std::size_t code_points, utf16;
};
std::ostream& operator<<(std::ostream& out, const Length& length) {
  return out << length.text;
}

const std::vector<Length> lengths = {
    {"", 0, 0},       {"abc", 3, 3},      {"äöü", 3, 3},          {"😀", 1, 2},        {"👩‍👧", 3, 5},
    {"a\xFFz", 3, 3}, {"\xE2\x82", 2, 2}, {"\xED\xA0\x80", 3, 3}, {"\xC0\xAF", 2, 2}, {"\xF4\x90\x80\x80", 4, 4},
};

BOOST_DATA_TEST_CASE(length_counts_code_points_and_utf16_units, data::make(lengths), row) {
  BOOST_TEST(code_points(row.text) == row.code_points);
  BOOST_TEST(utf16_units(row.text) == row.utf16);
}

BOOST_AUTO_TEST_CASE(only_strict_utf8_is_valid) {
  for (const char* good : {"", "abc", "é", "€", "😀", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"})
    BOOST_TEST(is_valid_utf8(good), good);
  for (const char* bad :
       {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xF0\x9F\x98"}) {
    BOOST_TEST(!is_valid_utf8(bad));
  }
}

BOOST_AUTO_TEST_CASE(a_text_is_cut_between_code_points) {
  BOOST_TEST(first_code_points("äöü", 2) == "äö");
  BOOST_TEST(first_code_points("ä", 5) == "ä");
  BOOST_TEST(shortened("äöü", 3) == "äöü");
  BOOST_TEST(shortened("äöüß", 3) == "äö…");
  BOOST_TEST(shortened("äöüß", 1) == "…");
  BOOST_TEST(shortened("äöüß", 0) == "");
}

struct Printable {
  std::string text, single_line, lines;
};
std::ostream& operator<<(std::ostream& out, const Printable& row) {
  return out << row.single_line;
}

const std::vector<Printable> printable_texts = {
    {"plain ä 😀 <&>", "plain ä 😀 <&>", "plain ä 😀 <&>"},
    {"a\nb\tc\rd", "a\\u{A}b\\u{9}c\\u{D}d", "a\nb\tc\\u{D}d"},
    {"\x1b[31m\x7f\0"s, "\\u{1B}[31m\\u{7F}\\u{0}", "\\u{1B}[31m\\u{7F}\\u{0}"},
    {"\xC2\x9B", "\\u{9B}", "\\u{9B}"},
    {"\x9B", "\\x{9B}", "\\x{9B}"},
    {"a\u202Eb\u2066\u200B\u00AD\uFEFF", "a\\u{202E}b\\u{2066}\\u{200B}\\u{AD}\\u{FEFF}",
     "a\\u{202E}b\\u{2066}\\u{200B}\\u{AD}\\u{FEFF}"},
    {"\U000E0041\u2028\u3164", "\\u{E0041}\\u{2028}\\u{3164}", "\\u{E0041}\\u{2028}\\u{3164}"},
    {"❤\uFE0F x\uFE0F", "❤\uFE0F x\\u{FE0F}", "❤\uFE0F x\\u{FE0F}"},
};

BOOST_DATA_TEST_CASE(nothing_invisible_or_reordering_is_shown_as_it_is, data::make(printable_texts), row) {
  BOOST_TEST(printable(row.text) == row.single_line);
  BOOST_TEST(printable(row.text, false) == row.lines);
}

BOOST_AUTO_TEST_CASE(unicode_white_space_is_trimmed) {
  BOOST_TEST(trimmed(" \t\n a b \u00A0\u2003") == "a b");
  BOOST_TEST(trimmed("\u3000 ") == "");
  BOOST_TEST(trimmed("\xFF ") == "\xFF");
  BOOST_TEST(is_blank(" \u2028"));
  BOOST_TEST(is_blank(""));
  BOOST_TEST(!is_blank(" x "));
}

BOOST_AUTO_TEST_CASE(case_is_ascii_only) {
  BOOST_TEST(to_lower_ascii("AbCÄ[") == "abcÄ[");
  BOOST_TEST(equal_ignoring_case_ascii("Content-Type", "content-type"));
  BOOST_TEST(!equal_ignoring_case_ascii("Ä", "ä"));
  BOOST_TEST(!equal_ignoring_case_ascii("a", "ab"));
}

BOOST_AUTO_TEST_CASE(a_mistyped_word_is_offered_its_neighbour) {
  constexpr std::array<std::string_view, 4> ids = {"manifest/name-length", "manifest/logo-url", "api/version", "x"};
  BOOST_TEST(nearest("manifest/name-lenght", ids) == "manifest/name-length");
  BOOST_TEST(nearest("MANIFEST/LOGO_URL", ids) == "manifest/logo-url");
  BOOST_TEST(nearest("api/versoin", ids) == "api/version");
  BOOST_TEST(nearest("weather", ids) == "");
  BOOST_TEST(nearest("y", ids) == "");
  BOOST_TEST(nearest("", ids) == "");
  BOOST_TEST(nearest(std::string(100000, 'a'), ids) == "");
}

BOOST_AUTO_TEST_CASE(digests_and_base64_are_the_known_ones) {
  BOOST_TEST(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(base64("") == "");
  BOOST_TEST(base64("f") == "Zg==");
  BOOST_TEST(base64("foobar") == "Zm9vYmFy");
  BOOST_TEST(base64(std::string("\0\xFF\xFE", 3)) == "AP/+");
  BOOST_TEST(base64(std::string(4u << 20, 'a')).size() == ((4u << 20) + 2) / 3 * 4);
}

BOOST_AUTO_TEST_CASE(counts_lists_and_sizes_read_as_sentences_do) {
  BOOST_TEST(counted(1, "character") == "1 character");
  BOOST_TEST(counted(0, "character") == "0 characters");
  BOOST_TEST(counted(3, "entry", "entries") == "3 entries");
  const std::array<std::string, 3> items = {"a", "b", "c"};
  BOOST_TEST(listed({}) == "");
  BOOST_TEST(listed(std::span{items}.first(1)) == "a");
  BOOST_TEST(listed(std::span{items}.first(2)) == "a and b");
  BOOST_TEST(listed(items, "or") == "a, b or c");
  BOOST_TEST(bytes_text(1) == "1 byte");
  BOOST_TEST(bytes_text(812) == "812 bytes");
  BOOST_TEST(bytes_text(1024) == "1 KiB");
  BOOST_TEST(bytes_text(1536u << 10) == "1.5 MiB");
  BOOST_TEST(bytes_text((1u << 20) - 1) == "1 MiB");
}

BOOST_AUTO_TEST_CASE(of_two_texts_what_differs_is_shown_with_words_around_it) {
  const auto is = [](std::string_view a, std::string_view b, std::string_view first, std::string_view second) {
    const auto [of_a, of_b] = differing_parts(a, b);
    BOOST_TEST(of_a == first);
    BOOST_TEST(of_b == second);
  };
  is("", "", "", "");
  is("a", "", "a", "");
  is("one\ntwo", "one\nthree", "one two", "one three");
  const std::string before = "Words that stand before what differs, and there are many of them, ";
  const std::string after = ", and then as many words again follow what differs, to the very end.";
  is(before + "old" + after, before + "new and longer" + after,
     "… what differs, and there are many of them, old, and then as many words again follow what …",
     "… what differs, and there are many of them, new and longer, and then as many words again follow what …");
  const std::string unbroken(200, 'x');
  is(unbroken + "a", unbroken + "b", unbroken + "a", unbroken + "b");
  for (std::size_t i = 0; i < before.size(); ++i) differing_parts(before, before.substr(i) + after);
}

BOOST_AUTO_TEST_SUITE_END()
