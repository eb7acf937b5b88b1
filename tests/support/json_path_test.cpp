#include "harness/support/json_path.h"

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/support/file.h"
#include "tests/support/parsing.h"

using namespace plugvet;
using namespace plugvet::testing;
namespace fs = std::filesystem;

namespace {

const Json& api() {
  static const Json document = Json::parse(R"({
    "openapi": "3.0.1",
    "info": {"title": "To-do", "version": "1", "contact": null},
    "servers": [{"url": "https://todo.test"}, {"url": "http://old.todo.test", "x-age": 3}],
    "paths": {
      "/todos": {
        "get": {"operationId": "listTodos", "tags": ["todo"], "responses": {"200": {}}},
        "post": {"tags": [], "responses": {}, "summary": "Add"}
      },
      "/todos/{id}": {"parameters": [], "delete": {"operationId": "Löschen", "responses": {"204": {}}}}
    },
    "x-numbers": [1, 1.0, -0, 18446744073709551615, 9223372036854775807, -5, 2.5, 100]
  })");
  return document;
}

/// The pointers of what a path finds, one after the other.
std::string found(std::string_view path, const Json& root = api()) {
  const auto parsed = JsonPath::parse(path);
  BOOST_REQUIRE_MESSAGE(parsed, path << ": " << (parsed ? "" : parsed.problem()->what));
  const auto matches = parsed->find(root);
  if (!matches) return matches.problem()->id;
  std::string pointers;
  for (const JsonMatch& match : *matches) {
    BOOST_TEST((&root.at(Json::json_pointer{match.pointer}) == match.value), path);
    pointers += (pointers.empty() ? "" : " ") + match.pointer;
  }
  return pointers;
}

struct Case {
  std::string_view path, pointers;
};
std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.path;
}

constexpr Case cases[] = {
    {"$.info.title", "/info/title"},
    {"$ ['info'] [\"title\"]", "/info/title"},
    {"$.info['title', \"version\", 'none']", "/info/title /info/version"},
    {"$.info.*", "/info/title /info/version /info/contact"},
    {"$.paths['/todos/{id}']", "/paths/~1todos~1{id}"},
    {"$.servers[0].url", "/servers/0/url"},
    {"$.servers[-1].url", "/servers/1/url"},
    {"$.servers[2]", ""},
    {"$.servers[0,0]", "/servers/0 /servers/0"},
    {"$['x-numbers'][::3]", "/x-numbers/0 /x-numbers/3 /x-numbers/6"},
    {"$['x-numbers'][-2:]", "/x-numbers/6 /x-numbers/7"},
    {"$['x-numbers'][1:0:-1]", "/x-numbers/1"},
    {"$['x-numbers'][::-9007199254740991]", "/x-numbers/7"},
    {"$['x-numbers'][::0]", ""},
    {"$..url", "/servers/0/url /servers/1/url"},
    {"$..tags[*]", "/paths/~1todos/get/tags/0"},
    {"$.servers..*",
     "/servers/0 /servers/1 /servers/0/url /servers/1/url /servers/1/x-age"},
    {"$.paths.*[?@.responses]", "/paths/~1todos/get /paths/~1todos/post /paths/~1todos~1{id}/delete"},
    {"$.paths.*[?@.responses && !@.operationId]", "/paths/~1todos/post"},
    {"$.paths.*[?@.tags[0] || @.summary]", "/paths/~1todos/get /paths/~1todos/post"},
    {"$.paths.*[?(@.tags && (@.summary == 'Add' || false == true))]", "/paths/~1todos/post"},
    {"$.info[?@ == null]", "/info/contact"},
    {"$.info[?@.a == @.b]", "/info/title /info/version /info/contact"},
    {"$.paths.*[?length(@.tags) == 0]", "/paths/~1todos/post"},
    {"$.paths.*[?@.responses == $.paths['/todos'].get.responses]", "/paths/~1todos/get"},
    {"$.servers[?@ == $.servers[1]]", "/servers/1"},
    {"$['x-numbers'][?@ == 1]", "/x-numbers/0 /x-numbers/1"},
    {"$['x-numbers'][?@ < 1e0]", "/x-numbers/2 /x-numbers/5"},
    {"$['x-numbers'][?@ > 9223372036854775806]", "/x-numbers/3 /x-numbers/4"},
    {"$['x-numbers'][?@ >= 2.5 && @ <= 100]", "/x-numbers/6 /x-numbers/7"},
    {"$.info[?@ < 'B']", "/info/version"},
    {"$[?length(@) == 2]", "/servers /paths"},
    {"$.info[?length(@) == 5]", "/info/title"},
    {"$.paths.*[?length(@.operationId) == 7]", "/paths/~1todos~1{id}/delete"},
    {"$.paths[?count(@.*) > 1]", "/paths/~1todos /paths/~1todos~1{id}"},
    {"$.servers[?value(@..url) == 'https://todo.test']", "/servers/0"},
    {"$.servers[?match(@.url, 'https://.*')]", "/servers/0"},
    {"$.servers[?match(@.url, 'https')]", ""},
    {"$.servers[?search(@.url, 'old')]", "/servers/1"},
    {"$.servers[?search(@.url, $.info.title)]", ""},
    {"$.servers[?search(@.url, '[')]", "refused"},
};

struct Mistake {
  std::string_view path;
  unsigned column;
  std::string_view what;
};
std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  return out << mistake.path;
}

constexpr Mistake mistakes[] = {
    {"", 1, "a path begins with `$`"},
    {"info", 1, "a path begins with `$`"},
    {"$info", 2, "`i` stands where the end, or a segment"},
    {"$.info ", 7, "` ` stands where the end"},
    {"$.", 3, "it ends where a name or `*`"},
    {"$.'a'", 3, "`'` stands where a name or `*`"},
    {"$[a]", 3, "a name in quotes, an index"},
    {"$[01]", 3, "no leading zero"},
    {"$[-0]", 3, "-0 is no index"},
    {"$[9007199254740992]", 3, "larger than 2^53 - 1"},
    {"$[1", 4, "it ends where `,` or `]`"},
    {"$['a\\x']", 5, "there is no such escape"},
    {"$['a\\ud800']", 5, "half of a surrogate pair"},
    {"$['a", 5, "does not end"},
    {"$.ä[?@.b = 1]", 10, "a comparison is written `==`"},
    {"$[?@.*==1]", 4, "only a query of names and indexes"},
    {"$[?1==@..a]", 7, "only a query of names and indexes"},
    {"$[?1]", 4, "a literal alone is no condition"},
    {"$[?length(@)]", 4, "length() alone is no condition"},
    {"$[?length(@.*) == 1]", 11, "only a query of names and indexes"},
    {"$[?count(1) == 1]", 10, "a query (`@…` or `$…`)"},
    {"$[?match(@, 'a') == true]", 4, "match() is a condition, not a value"},
    {"$[?match(@)]", 4, "match() takes 2 arguments"},
    {"$[?search(@, 'a', 'b')]", 4, "search() takes 2 arguments"},
    {"$[?search(@, '(')]", 4, "no regular expression"},
    {"$[?len(@) == 1]", 4, "len is neither true, false, null nor a function"},
    {"$[?!(@.a) == 1]", 11, "`=` stands where"},
    {"$[?@.a == []]", 11, "`[` stands where `@`, `$`, a literal or a function"},
    {"$.x-y", 4, "`-` stands where the end"},
    {"$[?@.a && ]", 11, "`]` stands where"},
};

fs::path compliance_suite() {
  const char* shared = std::getenv("PLUGVET_SHARED");
  const fs::path folder = shared != nullptr ? fs::path{shared} : fs::path{PLUGVET_SOURCE_DIR} / "../shared";
  return folder / "suites/jsonpath-compliance-test-suite/cts.json";
}

/// What is wrong with one test of the suite; empty: nothing.
std::string judge_suite_test(const Json& test) {
  const auto path = JsonPath::parse(test["selector"].get<std::string>());
  if (test.value("invalid_selector", false)) return path ? "is accepted" : "";
  if (!path) return path.problem()->what;
  const auto matches = path->find(test["document"]);
  if (!matches) return matches.problem()->what;
  Json values = Json::array();
  for (const JsonMatch& match : *matches) {
    if (&test["document"].at(Json::json_pointer{match.pointer}) != match.value) return "wrong pointer " + match.pointer;
    values.push_back(*match.value);
  }
  // The order of members does not matter; nlohmann::json sorts them.
  const auto plain = [](const Json& value) { return nlohmann::json(value); };
  const auto is_it = [&](const Json& wanted) { return plain(wanted) == plain(values); };
  const bool is_right = test.contains("results") ? std::ranges::any_of(test["results"], is_it) : is_it(test["result"]);
  return is_right ? "" : "found " + values.dump();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_path)

BOOST_DATA_TEST_CASE(a_path_finds_values_and_where_they_are, boost::unit_test::data::make(cases), one) {
  if (one.pointers == "refused")
    BOOST_TEST(!JsonPath::parse(one.path));
  else
    BOOST_TEST(found(one.path) == one.pointers);
}

BOOST_DATA_TEST_CASE(a_mistake_in_a_path_is_marked_with_its_column, boost::unit_test::data::make(mistakes), mistake) {
  const auto path = JsonPath::parse(mistake.path);
  BOOST_REQUIRE(!path);
  BOOST_TEST(path.problem()->id == "json_path.syntax");
  BOOST_TEST(path.problem()->position.column == mistake.column, path.problem()->what);
  BOOST_TEST(path.problem()->what.find(mistake.what) != std::string::npos, path.problem()->what);
}

BOOST_AUTO_TEST_CASE(names_are_written_with_all_escapes_of_json) {
  const Json odd = {{"a'b\"/\n", 1}, {"☺", 2}, {"\xF0\x9F\x98\x80", 3}, {"", 4}};
  BOOST_TEST(found(R"($['a\'b"\/\n'])", odd) == "/a'b\"~1\n");
  BOOST_TEST(found(R"($["\u263a"])", odd) == "/☺");
  BOOST_TEST(found(R"($["\uD83D\uDE00"])", odd) == "/\xF0\x9F\x98\x80");
  BOOST_TEST(found("$.☺", odd) == "/☺");
  BOOST_TEST(found("$['']", odd) == "/");
}

BOOST_AUTO_TEST_CASE(the_whole_document_has_the_empty_pointer) {
  const auto matches = JsonPath::parse("$")->find(api());
  BOOST_REQUIRE(matches);
  BOOST_REQUIRE(matches->size() == 1u);
  BOOST_TEST(matches->front().pointer == "");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_nearest_to_the_last_value_that_was_clear) {
  const auto nearest = [](std::string_view path) { return JsonPath::parse(path)->nearest(api()); };
  BOOST_TEST(nearest("$.info.license.name") == "/info");
  BOOST_TEST(nearest("$.info.contact.email") == "/info/contact");
  BOOST_TEST(nearest("$.servers[0].description") == "/servers/0");
  BOOST_TEST(nearest("$.servers[*].description") == "/servers");
  BOOST_TEST(nearest("$..externalDocs") == "");
  BOOST_TEST(nearest("$.tags") == "");
}

BOOST_AUTO_TEST_CASE(nesting_is_bounded) {
  BOOST_TEST(bool{JsonPath::parse("$[?" + repeated("(", 19) + "@.a" + repeated(")", 19) + "]")});
  for (const std::string& deep : {"$[?" + repeated("(", 2000) + "@", "$" + repeated("[?@", 1300),
                                  "$[?" + repeated("!(", 1000), "$[?" + repeated("length(", 500)}) {
    const auto path = JsonPath::parse(deep);
    BOOST_REQUIRE(!path);
    BOOST_TEST(path.problem()->what.find("nested more than 20 deep") != std::string::npos, path.problem()->what);
  }
  BOOST_TEST(JsonPath::parse("$." + std::string(5000, 'a')).problem()->what.find("longer than 4096") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_path_that_costs_too_much_is_given_up_and_says_so) {
  Json flat = Json::array(), deep = Json::array(), texts = Json::array(), patterns = Json::array();
  for (int i = 0; i < 20'000; ++i) flat.push_back(i);
  for (int i = 0; i < 255; ++i) deep = Json::array({deep, 1, 2, 3});
  for (int i = 0; i < 1000; ++i) texts.push_back(std::string(100'000, 'a'));
  for (int i = 0; i < 2000; ++i) patterns.push_back("a{" + std::to_string(i) + "}");
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(found("$[?count($[*]) == 1]", flat) == "json_path.too_costly");
  BOOST_TEST(found("$[?@ == $[-1]]", flat) == "/19999");
  BOOST_TEST(found("$..*..*..*..*", deep) == "json_path.too_costly");
  BOOST_TEST(found("$..[?count($..[?$..[?$..a]]) == 0]", deep) == "json_path.too_costly");
  BOOST_TEST(found("$[?search(@, 'b') || search(@, 'c')]", texts) == "json_path.too_costly");
  BOOST_TEST(found("$[?match('a', @)]", patterns) == "json_path.too_costly");
  // With sanitizers, on a busy machine.
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::minutes{3}));
}

BOOST_AUTO_TEST_CASE(pointers_of_matches_are_bounded) {
  Json wide = Json::object();
  Json& items = wide[std::string(100'000, 'n')] = Json::array();
  for (int i = 0; i < 10'000; ++i) items.push_back(i);
  BOOST_TEST(found("$.*.*", wide) == "json_path.too_costly");
}

BOOST_AUTO_TEST_CASE(the_compliance_suite_passes) {
  const auto text = read_file(compliance_suite(), 10u << 20);
  if (!text) {
    BOOST_TEST_MESSAGE("skipped: no JSONPath compliance test suite at " << compliance_suite());
    return;
  }
  const Json tests = Json::parse(*text)["tests"];
  std::size_t passed = 0;
  for (const Json& test : tests) {
    const std::string wrong = judge_suite_test(test);
    BOOST_TEST(wrong == "", test["name"] << " (" << test["selector"] << "): " << wrong);
    passed += wrong.empty();
  }
  BOOST_TEST_MESSAGE(passed << " of " << tests.size() << " tests pass");
}

BOOST_AUTO_TEST_SUITE_END()
