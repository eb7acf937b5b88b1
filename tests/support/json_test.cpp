#include <boost/test/data/test_case.hpp>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "harness/support/file.h"
#include "tests/support/parsing.h"

namespace data = boost::unit_test::data;
namespace fs = std::filesystem;
using namespace plugvet;
using namespace plugvet::testing;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(json)

const std::vector<Refusal> refusals = {
    {"", "json.empty", "Line 1, column 1: the text is empty where a JSON document is expected."},
    {" \n", "json.empty", "Line 1, column 1: the text is empty where a JSON document is expected."},
    {"{\n  \"a\": 1,\n}", "json.trailing_comma",
     "Line 2, column 9: a comma before \"}\"; JSON allows none after the last member."},
    {"[1, 2,]", "json.trailing_comma", "Line 1, column 6: a comma before \"]\"; JSON allows none after the last item."},
    {"{\"a\": 1 // one\n}", "json.comment", "Line 1, column 9: a comment; JSON has none."},
    {"/* x */ {}", "json.comment", "Line 1, column 1: a comment; JSON has none."},
    {"[1] # x", "json.comment", "Line 1, column 5: a comment; JSON has none."},
    {"{'a': 1}", "json.single_quotes", "Line 1, column 2: a single quote; a string is enclosed in double quotes."},
    {"{“a”: 1}", "json.typographic_quotes",
     "Line 1, column 2: the quotation mark “; a string is enclosed in straight double quotes."},
    {"{a: 1}", "json.unquoted_name", "Line 1, column 2: the member name a stands without quotes; write \"a\"."},
    {"{1: 1}", "json.unquoted_name", "Line 1, column 2: the member name 1 stands without quotes; write \"1\"."},
    {"[hello]", "json.unquoted_text",
     "Line 1, column 2: hello stands without quotes; a string is enclosed in double quotes."},
    {"[True]", "json.literal", "Line 1, column 2: True is not JSON; write true."},
    {"{\"a\": None}", "json.literal", "Line 1, column 7: None is not JSON; write null."},
    {"[NaN]", "json.not_a_number", "Line 1, column 2: JSON has no NaN; write null or a number."},
    {"[-Infinity]", "json.not_a_number", "Line 1, column 2: JSON has no -Infinity; write null or a number."},
    {"[012]", "json.number", "Line 1, column 2: 012 is not a number of JSON: it cannot begin with a zero."},
    {"[0x1F]", "json.number", "Line 1, column 2: 0x1F is not a number of JSON: write it in decimal."},
    {"[+1]", "json.number", "Line 1, column 2: +1 is not a number of JSON: a plus sign cannot stand before it."},
    {"[.5]", "json.number", "Line 1, column 2: .5 is not a number of JSON: a digit must stand before the point."},
    {"[1.2.3]", "json.number",
     "Line 1, column 2: 1.2.3 is not a number of JSON: if it is meant as a string, put it in double quotes."},
    {"{\"a\" 1}", "json.missing_colon", "Line 1, column 6: a colon is missing after the member name \"a\"."},
    {"{\"a\": 1\n \"b\": 2}", "json.missing_comma", "Line 2, column 2: a comma is missing before this member."},
    {"[1 2]", "json.missing_comma", "Line 1, column 4: a comma is missing before this item."},
    {"{\"a\":}", "json.missing_value", "Line 1, column 6: a value is missing after the colon."},
    {"[1,,2]", "json.missing_value", "Line 1, column 4: a value is missing before the comma."},
    {"{\"a\":[1}", "json.mismatched_bracket",
     "Line 1, column 8: \"}\" where the array that begins at line 1, column 6 needs \"]\"."},
    {"[\"a\\xb\"]", "json.escape",
     "Line 1, column 4: \"\\x\" is not an escape of JSON; for a backslash write \"\\\\\"."},
    {"[\"\\u12\"]", "json.escape", "Line 1, column 3: \"\\u\" must be followed by four hexadecimal digits."},
    {"[\"a\n\"]", "json.control_character",
     "Line 1, column 4: the line ends inside the string that begins at line 1, column 2; close the string, or write "
     "\\n."},
    {"[\"\t\"]", "json.control_character", "Line 1, column 3: a tab stands inside a string; write \\t."},
    {"[\"\x01\"]", "json.control_character",
     "Line 1, column 3: the control character U+0001 stands inside a string; write \\u0001."},
    {"[1]\0"s, "json.nul", "Line 1, column 4: a NUL byte stands here; JSON is text."},
    {"[\"abc\0\"]"s, "json.nul", "Line 1, column 6: a NUL byte stands here; JSON is text."},
    {"[\xC2\xA0]", "json.white_space", "Line 1, column 2: U+00A0 is not white space in JSON."},
    {"{} {}", "json.many_documents", "Line 1, column 4: a second document begins here; there must be only one."},
    {"{}\nThank you", "json.trailing_text", "Line 2, column 1: the document has ended, but \"Thank you\" follows."},
    {"{\"a\": [1,\n", "json.truncated",
     "Line 2, column 1: the text ends inside the array that begins at line 1, column 7; it was cut off, or something "
     "is "
     "not closed."},
    {"{\"a\": \"b", "json.truncated",
     "Line 1, column 9: the text ends inside the string that begins at line 1, column 7; it was cut off, or something "
     "is "
     "not closed."},
    {"<!DOCTYPE html><html><head><title>404 \x1bNot Found</title>", "json.html",
     "Line 1, column 1: this looks like an HTML page titled \"404 \\u{1B}Not Found\", not like JSON."},
    {"\xEF\xBB\xBF <html>", "json.html", "Line 1, column 2: this looks like an HTML page, not like JSON."},
    {"<?xml version=\"1.0\"?><a/>", "json.html", "Line 1, column 1: this looks like XML, not like JSON."},
    {"[\"é\xFF\"]", "json.encoding", "Line 1, column 4: the byte FF is not valid UTF-8; save the text as UTF-8."},
    {"\xFF\xFE[\0]\0"s, "json.encoding", "The text is encoded in UTF-16; JSON is UTF-8."},
    {"\0{\0}"s, "json.encoding", "The text is encoded in UTF-16; JSON is UTF-8."},
    {"{\0}\0"s, "json.encoding", "The text is encoded in UTF-16; JSON is UTF-8."},
    {"@", "json.unexpected", "Line 1, column 1: \"@\" cannot stand here."},
};

BOOST_DATA_TEST_CASE(what_stands_in_place_of_json_is_named_with_its_line, data::make(refusals), refusal) {
  expect_refusal(parse_json(refusal.text, "here"), refusal);
}

BOOST_AUTO_TEST_CASE(a_problem_carries_its_position) {
  const auto result = parse_json("{\n  \"ä\": 'x'\n}", "here");
  BOOST_REQUIRE(result.problem() != nullptr);
  BOOST_TEST(place(result.problem()->position) == "2:8");
}

const std::vector<Reading> readings = {
    {"null", "null"},
    {" [ ] ", "[]"},
    {R"({"b": 1, "a": {"z": [], "y": {}}})", R"({"b":1,"a":{"z":[],"y":{}}})"},
    {R"(["\u00e4\n\/\\\"", "\ud83d\ude00", "\u0000"])", R"(["ä\n/\\\"","😀","\u0000"])"},
    {"[0, -0, 1, -1, 18446744073709551615, -9223372036854775808]",
     "[0,0,1,-1,18446744073709551615,-9223372036854775808]"},
    {"[1.5, 1e3, 1E-2, -0.0, 1e-400]", "[1.5,1000.0,0.01,-0.0,0.0]"},
    {R"({"": 1, "a/b": 2})", R"({"":1,"a/b":2})"},
};

BOOST_DATA_TEST_CASE(good_json_gives_its_value_without_faults, data::make(readings), reading) {
  const Document document = expect_document(parse_json(reading.text, "here"));
  BOOST_TEST(document.root().dump() == reading.json);
  BOOST_TEST(fault_list(document) == "");
  BOOST_TEST((document.syntax() == Syntax::json));
  BOOST_TEST(document.text() == reading.text);
}

BOOST_AUTO_TEST_CASE(the_last_of_repeated_members_wins_and_each_repetition_is_a_fault) {
  const Document document =
      expect_document(parse_json(R"({"a": [1], "b": {"x": 1, "\u0078": 2}, "a": 3, "a": 4})", "here"));
  BOOST_TEST(document.root().dump() == R"({"b":{"x":2},"a":4})");
  BOOST_TEST(fault_list(document) ==
             "json.duplicate_key at /b/x (1:26), json.duplicate_key at /a (1:40), json.duplicate_key at /a (1:48)");
  BOOST_TEST(
      document.faults()[0].message ==
      "Line 1, column 26: the member \"x\" is repeated; it stands at line 1, column 18 too. Readers differ in which "
      "one they take; most take the last.");
  BOOST_TEST(place(document.position("/a")) == "1:53");
  BOOST_TEST(place(document.key_position("/a")) == "1:48");
  BOOST_TEST(place(document.position("/b/x")) == "1:36");
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_a_fault_and_has_no_column) {
  const Document document = expect_document(parse_json("\xEF\xBB\xBF{\"a\": 1}", "here"));
  BOOST_TEST(fault_list(document) == "json.byte_order_mark at  (1:1)");
  BOOST_TEST(place(document.position("")) == "1:1");
  BOOST_TEST(place(document.position("/a")) == "1:7");
}

BOOST_AUTO_TEST_CASE(numbers_that_readers_change_are_faults) {
  const Document document = expect_document(parse_json("[1e400, -1e400, 18446744073709551616, 12]", "here"));
  BOOST_TEST(fault_list(document) ==
             "json.number_range at /0 (1:2), json.number_range at /1 (1:9), json.number_range at /2 (1:17)");
  BOOST_TEST(document.root()[0].get<double>() == std::numeric_limits<double>::max());
  BOOST_TEST(document.root()[1].get<double>() == std::numeric_limits<double>::lowest());
  BOOST_TEST(document.root()[2].get<double>() == 18446744073709551616.0);
}

BOOST_AUTO_TEST_CASE(a_lone_surrogate_is_a_fault_of_the_value_it_is_in) {
  const Document document = expect_document(parse_json(R"({"x": ["a", "\ud800"], "\udc00": 1})", "here"));
  BOOST_TEST(fault_list(document) == "json.lone_surrogate at /x/1 (1:14), json.lone_surrogate at  (1:25)");
  BOOST_TEST(document.root().dump() == R"({"x":["a","�"],"�":1})");
}

BOOST_AUTO_TEST_CASE(no_document_fills_a_report_with_faults) {
  const Document document = expect_document(parse_json("[" + repeated("1e999,", 5000) + "1]", "here"));
  BOOST_TEST(document.faults().size() == 100u);
}

BOOST_AUTO_TEST_CASE(a_depth_of_256_is_read_and_257_is_refused) {
  BOOST_TEST(bool{parse_json(repeated("[", 256) + repeated("]", 256), "here")});
  expect_refusal(parse_json(repeated("[", 257) + repeated("]", 257), "here"),
                 {"", "json.too_deep", "Line 1, column 257: the values are nested more than 256 deep."});
  expect_refusal(parse_json(repeated("[{\"\":", 100000), "here"),
                 {"", "json.too_deep", "Line 1, column 641: the values are nested more than 256 deep."});
}

BOOST_AUTO_TEST_CASE(more_values_than_the_limit_are_not_read) {
  BOOST_TEST(bool{parse_json("[1, 2]", "here", {.values = 3})});
  expect_refusal(parse_json("[1, 2, 3]", "here", {.values = 3}),
                 {"", "json.too_many_values", "Line 1, column 8: the text has more than 3 values."});
}

BOOST_AUTO_TEST_CASE(a_text_above_the_limit_is_not_read) {
  expect_refusal(parse_json("[1, 2, 3]", "here", {.bytes = 8}),
                 {"", "json.too_large", "The text has 9 bytes; at most 8 bytes are read."});
}

// --- Every file of the JSONTestSuite --------------------------------------------------------------------------------

fs::path json_test_suite() {
  const char* shared = std::getenv("PLUGVET_SHARED");
  const fs::path folder = shared != nullptr ? fs::path{shared} : fs::path{PLUGVET_SOURCE_DIR} / "../shared";
  return folder / "suites/JSONTestSuite/test_parsing";
}

BOOST_AUTO_TEST_CASE(the_json_test_suite_is_judged_as_it_should_be) {
  if (!fs::is_directory(json_test_suite())) {
    BOOST_TEST_MESSAGE("skipped: no JSONTestSuite at " << json_test_suite());
    return;
  }
  int accepted = 0, refused = 0, free = 0;
  for (const auto& entry : fs::directory_iterator{json_test_suite()}) {
    const std::string name = entry.path().filename().string();
    const auto text = read_file(entry.path(), 10u << 20);
    BOOST_REQUIRE_MESSAGE(text, name);
    const auto result = parse_json(*text, name);
    if (name.starts_with("y_")) {
      BOOST_TEST(bool{result}, name << " is refused: " << (result ? "" : result.problem()->what));
      ++accepted;
    } else if (name.starts_with("n_")) {
      BOOST_TEST(!result, name << " is accepted");
      if (!result) BOOST_TEST(result.problem()->id != "json.unexpected_end");
      ++refused;
    } else {
      ++free;
    }
    if (result) BOOST_TEST(!result->root().dump().empty());
  }
  BOOST_TEST_MESSAGE(accepted << " accepted, " << refused << " refused, " << free << " free");
  BOOST_TEST(accepted >= 95);
  BOOST_TEST(refused >= 188);
}

BOOST_AUTO_TEST_SUITE_END()
