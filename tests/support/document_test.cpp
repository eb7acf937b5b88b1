#include <boost/test/data/test_case.hpp>

#include "tests/support/parsing.h"

namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace plugvet::testing;

BOOST_AUTO_TEST_SUITE(document)

const std::string manifest = R"({
  "name": "Todo",
  "äöü": {"😀": [1, {"b": true}]},
	"a/b": {"m~n": null},
  "": 5
})";

struct Place {
  std::string pointer, value, key;
};
std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << place.pointer;
}

const std::vector<Place> places = {
    {"", "1:1", "1:1"},
    {"/name", "2:11", "2:3"},
    {"/äöü", "3:10", "3:3"},
    {"/äöü/😀", "3:16", "3:11"},
    {"/äöü/😀/0", "3:17", "3:17"},
    {"/äöü/😀/1/b", "3:26", "3:21"},
    {"/a~1b/m~0n", "4:17", "4:10"},
    {"/", "5:7", "5:3"},
    {"/missing", "1:1", "1:1"},
    {"/name/deeper", "2:11", "2:3"},
    {"/äöü/😀/2", "3:16", "3:11"},
    {"/äöü/😀/01", "3:16", "3:11"},
    {"/äöü/😀/-", "3:16", "3:11"},
    {"nonsense", "1:1", "1:1"},
};

BOOST_DATA_TEST_CASE(every_value_and_every_name_has_its_place, data::make(places), row) {
  const Document document = expect_document(parse_json(manifest, "here"));
  BOOST_TEST(place(document.position(row.pointer)) == row.value);
  BOOST_TEST(place(document.key_position(row.pointer)) == row.key);
}

BOOST_AUTO_TEST_CASE(a_pointer_finds_its_value_or_nothing) {
  const Document document = expect_document(parse_json(manifest, "here"));
  BOOST_TEST(document.find("/äöü/😀/1/b")->dump() == "true");
  BOOST_TEST(document.find("/a~1b/m~0n")->is_null());
  BOOST_TEST(document.find("/")->dump() == "5");
  BOOST_TEST(document.find("") == &document.root());
  for (const char* pointer : {"/x", "/name/x", "/äöü/😀/2", "/äöü/😀/00", "/äöü/😀/-1", "name", "/a/b"}) {
    BOOST_TEST(document.find(pointer) == nullptr, pointer);
  }
}

BOOST_AUTO_TEST_CASE(lines_end_with_lf_cr_or_both) {
  const Document document = expect_document(parse_json("[\n1,\r\n2,\r3]", "here"));
  BOOST_TEST(place(document.position("/0")) == "2:1");
  BOOST_TEST(place(document.position("/1")) == "3:1");
  BOOST_TEST(place(document.position("/2")) == "4:1");
}

BOOST_AUTO_TEST_CASE(large_containers_are_found_by_index) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\": [" + std::to_string(i) + "],\n";
  text += "\"k5\": \"again\", \"items\": [";
  for (int i = 0; i < 1000; ++i) text += std::to_string(i) + ",\n";
  text += "1000]}";
  const Document document = expect_document(parse_json(text, "here"));
  BOOST_TEST(document.find("/k0")->dump() == "[0]");
  BOOST_TEST(document.find("/k999/0")->dump() == "999");
  BOOST_TEST(document.find("/k5")->dump() == "\"again\"");
  BOOST_TEST(document.find("/k1000") == nullptr);
  BOOST_TEST(document.find("/items/777")->dump() == "777");
  BOOST_TEST(place(document.position("/k0/0")) == "1:9");
  BOOST_TEST(place(document.position("/k4")) == "5:7");
  BOOST_TEST(place(document.position("/k6")) == "7:7");
  BOOST_TEST(place(document.position("/k999/0")) == "1000:10");
  BOOST_TEST(place(document.key_position("/k5")) == "1001:1");
  BOOST_TEST(place(document.position("/items/777")) == "1778:1");
}

BOOST_AUTO_TEST_CASE(columns_are_right_beyond_many_kilobytes) {
  const Document document = expect_document(parse_json("[\"" + repeated("ä", 100000) + "\", 1]", "here"));
  BOOST_TEST(place(document.position("/1")) == "1:100006");
}

BOOST_AUTO_TEST_CASE(an_empty_document_is_null) {
  const Document document;
  BOOST_TEST(document.root().is_null());
  BOOST_TEST(document.text() == "");
  BOOST_TEST(place(document.position("/a")) == "1:1");
  BOOST_TEST(document.find("/a") == nullptr);
}

BOOST_AUTO_TEST_CASE(pointers_are_joined_with_their_escapes) {
  BOOST_TEST(join_pointer("/paths", "/todos/{id}~x") == "/paths/~1todos~1{id}~0x");
  BOOST_TEST(join_pointer("", "") == "/");
  BOOST_TEST(join_pointer("/a", std::size_t{7}) == "/a/7");
}

BOOST_AUTO_TEST_CASE(the_content_decides_between_json_and_yaml) {
  BOOST_TEST((parse_json_or_yaml("\xEF\xBB\xBF \n{}", "here")->syntax() == Syntax::json));
  BOOST_TEST((parse_json_or_yaml("[1]", "here")->syntax() == Syntax::json));
  BOOST_TEST((parse_json_or_yaml("a: 1", "here")->syntax() == Syntax::yaml));
  BOOST_TEST((parse_json_or_yaml("# {}\na: 1", "here")->syntax() == Syntax::yaml));
  BOOST_TEST(parse_json_or_yaml("{a: 1", "here").problem()->id == "json.unquoted_name");
  const auto flow = parse_json_or_yaml("{a: 1,}", "here");
  BOOST_REQUIRE(flow);
  BOOST_TEST((flow->syntax() == Syntax::yaml));
  BOOST_TEST(flow->faults().front().id == "yaml.not_json");
  BOOST_TEST((flow->position("/a") == Position{1, 5}));
  BOOST_TEST(parse_json_or_yaml("", "here").problem()->id == "yaml.empty");
}

BOOST_AUTO_TEST_SUITE_END()
