#include <boost/test/data/test_case.hpp>

#include "tests/support/parsing.h"

namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace plugvet::testing;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(yaml)

const std::vector<Refusal> refusals = {
    {"", "yaml.empty", "Line 1, column 1: the text is empty where a YAML document is expected."},
    {"# nothing\n", "yaml.empty", "Line 1, column 1: the text is empty where a YAML document is expected."},
    {"a:\n\tb: 1\n", "yaml.tab", "Line 2, column 1: a tab in the indentation; YAML is indented by spaces only."},
    {"a:\n  b: 1\n\tc: 2\n", "yaml.tab",
     "Line 3, column 1: a tab in the indentation; YAML is indented by spaces only."},
    {"a: 1\n---\nb: 2\n", "yaml.many_documents",
     "Line 2, column 1: a second document begins here; there must be only one."},
    {"&x [*x]", "yaml.alias_cycle",
     "Line 1, column 5: this alias stands inside the value that it repeats; that has no end."},
    {"a: &a\n  <<: *a\n", "yaml.alias_cycle",
     "Line 2, column 7: this alias stands inside the value that it repeats; that has no end."},
    {"a: [*none]", "yaml.undefined_alias", "Line 1, column 5: the alias \"*none\" has no anchor before it."},
    {"? [a]\n: b\n", "yaml.complex_key", "Line 1, column 3: a key must be a scalar, not a list or a mapping."},
    {"a: &m {x: 1}\n*m : 1\n", "yaml.complex_key",
     "Line 2, column 1: a key must be a scalar, not a list or a mapping."},
    {"<<: 3\n", "yaml.merge_key", "Line 1, column 5: only mappings can be merged by \"<<\"."},
    {"ä: b: c\n", "yaml.colon",
     "Line 1, column 5: a colon cannot stand here; put a value that contains one in quotes, or check the indentation "
     "and the line before."},
    {"a: 1\nversion\n", "yaml.missing_colon", "Line 2, column 8: a colon is missing after the key \"version\"."},
    {"a: [1, 2\nb: 3\n", "yaml.unclosed",
     "Line 2, column 2: a comma or \"]\" is missing in the list that begins at line 1, column 4."},
    {"a: {b: 1\n", "yaml.unclosed",
     "Line 2, column 1: a comma or \"}\" is missing in the mapping that begins at line 1, column 4."},
    {"a: \"x\nb: 1\n", "yaml.unclosed", "Line 1, column 4: the text ends inside the quoted string that begins here."},
    {"a: 'it''s\n", "yaml.unclosed", "Line 1, column 4: the text ends inside the quoted string that begins here."},
    {"a: @x\n", "yaml.unquoted", "Line 1, column 4: a value cannot begin with \"@\"; put it in quotes."},
    {"a: \"\\q\"\n", "yaml.escape",
     "Line 1, column 7: this is not an escape of YAML; for a backslash write \"\\\\\", or use single quotes."},
    {"a:\n   b: 1\n  c: 2\n", "yaml.indentation",
     "Line 3, column 3: \"c: 2\" does not continue the mapping that begins at line 1, column 1; check the indentation, "
     "and the quotes before it."},
    {"<html><title>Sign in</title>", "yaml.html", "This looks like an HTML page titled \"Sign in\", not like YAML."},
    {"<html><title>My &amp; App&#39;s &#x201C;page&rdquo; &amp;lt; &nope; &#0;</title>", "yaml.html",
     "This looks like an HTML page titled \"My & App's “page” &lt; &nope; &#0;\", not like YAML."},
    {"a: \xC3\xA4\xE9\n", "yaml.encoding", "Line 1, column 5: the byte E9 is not valid UTF-8; save the text as UTF-8."},
    {"a\0:\0"s, "yaml.encoding", "The text is encoded in UTF-16; UTF-8 is expected."},
    {"a: b\0"s, "yaml.control_character", "Line 1, column 5: the control character U+0000 cannot stand in YAML."},
};

BOOST_DATA_TEST_CASE(what_stands_in_place_of_yaml_is_named_with_its_line, data::make(refusals), refusal) {
  expect_refusal(parse_yaml(refusal.text, "here"), refusal);
}

const std::vector<Reading> readings = {
    {"a: 1\nb:\n  - x\n  - {c: true}\n", R"({"a":1,"b":["x",{"c":true}]})"},
    {"[~, null, Null, NULL, '']", R"([null,null,null,null,""])"},
    {"a:\nb: null", R"({"a":null,"b":null})"},
    {"[true, True, TRUE, false, tRUE, 'true', \"1\"]", R"([true,true,true,false,"tRUE","true","1"])"},
    {"[1, -1, +1, 010, 0o10, 0x1F, 1_000, 1:30, 0b1]", R"([1,-1,1,10,8,31,"1_000","1:30","0b1"])"},
    {"[1.0, .5, 5., 1e3, +1.5, 1.0.0, 2023-01-01, e3, -]", R"([1.0,0.5,5.0,1000.0,1.5,"1.0.0","2023-01-01","e3","-"])"},
    {"openapi: 3.0.1\nversion: '1'", R"({"openapi":"3.0.1","version":"1"})"},
    {"200: ok\n1.5: x\ntrue: t\nnull: z\n'~': q", R"({"200":"ok","1.5":"x","true":"t","null":"z","~":"q"})"},
    {"a: |\n  x\n  y\nb: >-\n  z\n  w\n", R"({"a":"x\ny\n","b":"z w"})"},
    {"a: &x {b: 1}\nc: *x\nd: [*x, *x]", R"({"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]})"},
    {"&k key: 1\nother: *k", R"({"key":1,"other":"key"})"},
    {"%YAML 1.2\n---\na: 1\n...\n", R"({"a":1})"},
    {"\xEF\xBB\xBF"
     "a: 1",
     R"({"a":1})"},
    {"a: 1\rb: 2\r", R"({"a":1,"b":2})"},
    {"just text", R"("just text")"},
    {"x: 1\ny: 2\nn: 3", R"({"x":1,"y":2,"n":3})"},
    {"{\"a\": 1}", R"({"a":1})"},
    {"'<<': 1", R"({"<<":1})"},
};

BOOST_DATA_TEST_CASE(yaml_is_read_by_the_core_schema, data::make(readings), reading) {
  const Document document = expect_document(parse_yaml(reading.text, "here"));
  BOOST_TEST(document.root().dump() == reading.json);
  BOOST_TEST(fault_list(document) == "");
}

struct Faulty {
  std::string text, json, faults;
};
std::ostream& operator<<(std::ostream& out, const Faulty& faulty) {
  return out << faulty.text;
}

const std::vector<Faulty> faulty_texts = {
    {"a: 1\nb: 2\na: 3\n", R"({"b":2,"a":3})", "yaml.duplicate_key at /a (3:1)"},
    {"200: a\n'200': b\n", R"({"200":"b"})", "yaml.duplicate_key at /200 (2:1)"},
    {"d: &d {x: 1, y: 2}\nm:\n  <<: *d\n  x: 3\n", R"({"d":{"x":1,"y":2},"m":{"y":2,"x":3}})",
     "yaml.merge_key at /m (3:3)"},
    {"a: &a {x: 1}\nb: &b {x: 2, y: 2}\nm: {<<: [*a, *b]}\n", R"({"a":{"x":1},"b":{"x":2,"y":2},"m":{"x":1,"y":2}})",
     "yaml.merge_key at /m (3:5)"},
    {"a: !!python/object:os.system ls\n", R"({"a":"ls"})", "yaml.tag at /a (1:4)"},
    {"a: !!int \"3\"\nb: !!str 3\nc: !thing {d: 1}\n", R"({"a":3,"b":"3","c":{"d":1}})",
     "yaml.tag at /a (1:4), yaml.tag at /b (2:4), yaml.tag at /c (3:4)"},
    {"on: yes\nb: [NO, y, 'yes', nope]\n", R"({"on":"yes","b":["NO","y","yes","nope"]})",
     "yaml.ambiguous_scalar at /on (1:1), yaml.ambiguous_scalar at /on (1:5), yaml.ambiguous_scalar at /b/0 (2:5), "
     "yaml.ambiguous_scalar at /b/1 (2:9)"},
    {"[.nan, -.inf, 'x']", R"([".nan","-.inf","x"])", "yaml.not_a_number at /0 (1:2), yaml.not_a_number at /1 (1:8)"},
    {"[99999999999999999999]", "[1e+20]", "yaml.number_range at /0 (1:2)"},
};

BOOST_DATA_TEST_CASE(what_other_readers_take_differently_is_a_fault, data::make(faulty_texts), faulty) {
  const Document document = expect_document(parse_yaml(faulty.text, "here"));
  BOOST_TEST(document.root().dump() == faulty.json);
  BOOST_TEST(fault_list(document) == faulty.faults);
}

BOOST_AUTO_TEST_CASE(values_have_the_places_they_have_in_the_text) {
  const Document document =
      expect_document(parse_yaml("info:\n  titel: 'ü x'\n  list:\n    - a\n    - b: c\n"
                                 "base: &base\n  é: 1\n"
                                 "copy: *base\n"
                                 "merged:\n  <<: *base\n  own: 2\n",
                                 "here"));
  BOOST_TEST(place(document.position("/info")) == "2:3");
  BOOST_TEST(place(document.key_position("/info")) == "1:1");
  BOOST_TEST(place(document.position("/info/titel")) == "2:10");
  BOOST_TEST(place(document.position("/info/list/1/b")) == "5:10");
  BOOST_TEST(place(document.key_position("/info/list/1/b")) == "5:7");
  BOOST_TEST(place(document.position("/copy")) == "8:7");
  BOOST_TEST(place(document.position("/copy/é")) == "7:6");
  BOOST_TEST(place(document.key_position("/merged/é")) == "7:3");
  BOOST_TEST(place(document.position("/merged/own")) == "11:8");
}

std::string bomb(int levels, int width) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i <= levels; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias;
    for (int j = 1; j < width; ++j) text += ", " + alias;
    text += "]\n";
  }
  return text;
}

BOOST_AUTO_TEST_CASE(an_alias_bomb_is_not_expanded) {
  BOOST_TEST(parse_yaml(bomb(9, 9), "here").problem()->id == "yaml.alias_bomb");
  BOOST_TEST(parse_yaml(bomb(200, 2), "here").problem()->id == "yaml.alias_bomb");
  BOOST_TEST(bool{parse_yaml(bomb(12, 2), "here")});
}

BOOST_AUTO_TEST_CASE(a_bomb_of_few_long_strings_is_not_expanded) {
  const std::string text = "a: &a " + repeated("x", 100000) + "\nb: [" + repeated("*a, ", 1000) + "1]\n";
  BOOST_TEST(parse_yaml(text, "here").problem()->id == "yaml.alias_bomb");
}

BOOST_AUTO_TEST_CASE(a_bomb_of_merge_keys_is_not_expanded) {
  std::string text = "a0: &a0 {x: 1}\n";
  for (int i = 1; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    text += "a" + n + ": &a" + n + " {<<: *a" + std::to_string(i - 1) + ", k" + n + ": 1}\n";
  }
  BOOST_TEST(parse_yaml(text, "here").problem()->id == "yaml.alias_bomb");
}

BOOST_AUTO_TEST_CASE(depth_that_comes_from_aliases_is_limited_too) {
  std::string text = "a0: &a0 x\n";
  for (int i = 1; i < 300; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  BOOST_TEST(parse_yaml(text, "here").problem()->id == "yaml.too_deep");
}

BOOST_AUTO_TEST_CASE(brackets_that_are_never_closed_are_not_called_deep) {
  for (const std::size_t count : {1, 128, 129, 200})
    BOOST_TEST(parse_yaml("a: " + repeated("[", count) + "\n", "here").problem()->id == "yaml.unclosed", count);
}

const std::vector<std::string> deep = {
    repeated("[", 100000),  repeated("{a: ", 100000), repeated("- ", 100000),
    repeated("? ", 100000), repeated(": ", 100000),
};

BOOST_DATA_TEST_CASE(deep_nesting_ends_with_a_clear_problem, data::make(deep), text) {
  BOOST_TEST(parse_yaml(text, "here").problem()->id == "yaml.too_deep");
}

BOOST_AUTO_TEST_CASE(a_depth_of_256_is_read) {
  BOOST_TEST(bool{parse_yaml(repeated("[", 256) + repeated("]", 256), "here")});
  BOOST_TEST(parse_yaml(repeated("[", 257) + repeated("]", 257), "here").problem()->id == "yaml.too_deep");
}

BOOST_AUTO_TEST_CASE(brackets_cannot_make_the_scanner_hoard_tokens) {
  const std::string list = "[" + repeated("a, ", 600'000) + "&anchor b]";
  BOOST_TEST(parse_yaml(list, "here").problem()->id == "yaml.too_large");
}

BOOST_AUTO_TEST_CASE(escapes_of_more_than_a_byte_are_utf8) {
  BOOST_TEST(expect_document(parse_yaml(R"(a: "\N\_\L\P\xe9")", "here")).root()["a"] == "\u0085\u00A0\u2028\u2029\u00E9");
  BOOST_TEST(expect_document(parse_yaml(R"(a: &b "\N\_\L\P\xe9")", "here")).root()["a"] == "\u0085\u00A0\u2028\u2029\u00E9");
}

BOOST_AUTO_TEST_CASE(long_lists_in_brackets_are_read) {
  BOOST_TEST(expect_document(parse_yaml("[" + repeated("a, ", 600'000) + "b]", "here")).root().size() == 600'001u);
}

BOOST_AUTO_TEST_CASE(more_values_than_the_limit_are_not_read) {
  BOOST_TEST(bool{parse_yaml("- 1\n- 2\n", "here", {.values = 3})});
  expect_refusal(parse_yaml("- 1\n- 2\n- 3\n", "here", {.values = 3}),
                 {"", "yaml.too_many_values", "Line 3, column 3: the text has more than 3 values."});
}

BOOST_AUTO_TEST_CASE(a_text_above_the_limit_is_not_read) {
  expect_refusal(parse_yaml("a: 12345", "here", {.bytes = 5}),
                 {"", "yaml.too_large", "The text has 8 bytes; at most 5 bytes are read."});
}

std::string large(const std::string& middle, const std::string& last = "end: 7\n") {
  const std::string filler = repeated("- {name: x, text: 'it is 5: here'}\n", 20'000);
  return "first:\n" + filler + middle + "second:\n" + filler + last;
}

BOOST_AUTO_TEST_CASE(a_large_text_is_read_as_a_small_one_is) {
  const Document document = expect_document(parse_yaml(large(""), "here"));
  BOOST_TEST(document.root().size() == 3u);
  BOOST_TEST(document.root()["second"].size() == 20'000u);
  BOOST_TEST(document.root()["end"] == 7);
  BOOST_TEST(place(document.position("/second/19999/name")) == "40002:10");
  BOOST_TEST(place(document.position("/end")) == "40003:6");
  BOOST_TEST(fault_list(document) == "");
}

BOOST_AUTO_TEST_CASE(names_of_a_large_text_are_not_repeated_either) {
  const Document document = expect_document(parse_yaml(large("", "first: 7\n"), "here"));
  BOOST_TEST(fault_list(document) == "yaml.duplicate_key at /first (40003:1)");
}

BOOST_AUTO_TEST_CASE(what_looks_like_a_member_within_a_text_is_none) {
  const std::string quoted = "text: \"a\nthird: b\n" + repeated(" and so on\n", 30'000) + "\"\n";
  const Document document = expect_document(parse_yaml(large(quoted), "here"));
  BOOST_TEST(document.root().size() == 4u);
  BOOST_TEST(document.root()["text"].get<std::string>().starts_with("a third: b and so on"));
}

BOOST_AUTO_TEST_CASE(anchors_of_a_large_text_reach_to_its_end) {
  const Document document = expect_document(parse_yaml("anchor: &a {b: 1}\n" + large("", "end: *a\n"), "here"));
  BOOST_TEST(document.root()["end"]["b"] == 1);
}

const std::vector<Refusal> large_refusals = {
    {large("", "end: @x\n"), "yaml.unquoted", "Line 40003, column 6: a value cannot begin with \"@\"; put it in quotes."},
    {large("", "---\nend: 1\n"), "yaml.many_documents",
     "Line 40003, column 1: a second document begins here; there must be only one."},
    {large("third: \"x\n"), "yaml.unclosed",
     "Line 20002, column 8: the text ends inside the quoted string that begins here."},
    {large("", "end\n"), "yaml.missing_colon", "Line 40003, column 4: a colon is missing after the key \"end\"."},
};
BOOST_DATA_TEST_CASE(mistakes_in_a_large_text_are_placed, data::make(large_refusals)) {
  expect_refusal(parse_yaml(sample.text, "here"), sample);
}

BOOST_AUTO_TEST_SUITE_END()
