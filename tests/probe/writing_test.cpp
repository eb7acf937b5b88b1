#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tests/probe/describing.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

/// The URL that a value of the only parameter is written into.
std::string url_with(const std::string& parameter, const std::string& path, const Json& value) {
  const Described described{"openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  " + path + ":\n    get:\n      parameters:\n        - " +
                            parameter + "\n      responses: {'200': {description: ok}}\n"};
  Draft draft;
  draft.method = "GET";
  draft.inputs = {value};
  const auto request = written(*described.contracts[0], draft, {"", {}});
  if (!request) return "none";
  std::string text = request->url;
  for (const Header& header : request->headers) text += " " + header.name + ": " + header.value;
  return text;
}

const Json list{"a b", "c"};
const Json object{{"r", 1}, {"g", 2}};

}  // namespace

BOOST_AUTO_TEST_SUITE(probe_writing)

BOOST_AUTO_TEST_CASE(parameters_are_written_by_style_and_explode) {
  const auto query =
      [](const std::string& more,
         const Json& value) { return url_with("{name: q, in: query, schema: {}" + more + "}", "/a", value); };
  BOOST_TEST(query("", "x&y") == "/a?q=x%26y");
  BOOST_TEST(query("", 5) == "/a?q=5");
  BOOST_TEST(query("", list) == "/a?q=a%20b&q=c");
  BOOST_TEST(query(", explode: false", list) == "/a?q=a%20b,c");
  BOOST_TEST(query(", style: spaceDelimited, explode: false", list) == "/a?q=a%20b%20c");
  BOOST_TEST(query(", style: pipeDelimited, explode: false", list) == "/a?q=a%20b%7Cc");
  BOOST_TEST(query("", object) == "/a?r=1&g=2");
  BOOST_TEST(query(", explode: false", object) == "/a?q=r,1,g,2");
  BOOST_TEST(query(", style: deepObject", object) == "/a?q%5Br%5D=1&q%5Bg%5D=2");
  const auto path = [](const std::string& more, const Json& value) {
    return url_with("{name: q, in: path, required: true, schema: {}" + more + "}", "/a/{q}", value);
  };
  BOOST_TEST(path("", list) == "/a/a%20b,c");
  BOOST_TEST(path(", style: label", 5) == "/a/.5");
  BOOST_TEST(path(", style: label, explode: true", list) == "/a/.a%20b.c");
  BOOST_TEST(path(", style: matrix", 5) == "/a/;q=5");
  BOOST_TEST(path(", style: matrix, explode: true", list) == "/a/;q=a%20b;q=c");
  BOOST_TEST(path(", explode: true", object) == "/a/r=1,g=2");
  BOOST_TEST(url_with("{name: q, in: header, schema: {}}", "/a", list) == "/a q: a b,c");
  BOOST_TEST(url_with("{name: q, in: cookie, schema: {}}", "/a", "x") == "/a Cookie: q=x");
  BOOST_TEST(url_with("{name: q, in: query, content: {application/json: {schema: {}}}}", "/a",
                      object) == "/a?q=%7B%22r%22%3A1%2C%22g%22%3A2%7D");
}

BOOST_AUTO_TEST_CASE(what_cannot_stand_in_its_place_is_not_written) {
  const auto path =
      [](const Json& value) { return url_with("{name: q, in: path, required: true, schema: {}}", "/a/{q}", value); };
  for (const char* text : {"", ".", "..", "a/b", "a\nb"}) BOOST_TEST(path(text) == "none", text);
  const auto header = [](const Json& value) { return url_with("{name: q, in: header, schema: {}}", "/a", value); };
  for (const char* text : {"", "a\r\nB: c", "\xc3\xa9", " a"}) BOOST_TEST(header(text) == "none", text);
  BOOST_TEST(url_with("{name: q, in: query, schema: {}}", "/a", Json::array()) == "none");
}

BOOST_AUTO_TEST_CASE(a_form_is_written_as_a_form) {
  const Described described{R"(
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a:
    post:
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, required: [n], properties: {n: {type: integer, minimum: 1}}}}}}
      responses: {'200': {description: ok}}
)"};
  Draft draft;
  draft.method = "POST";
  draft.body = Json{{"n", 3}, {"s", "a b"}};
  const auto request = written(*described.contracts[0], draft, {"", {}});
  BOOST_REQUIRE(request.has_value());
  BOOST_TEST(request->body == "n=3&s=a%20b");
  BOOST_TEST(*find_header(request->headers, "content-type") == "application/x-www-form-urlencoded");
  Generator generator = described.generator(0);
  while (const auto made = generator.next(Generator::Stage::planned))
    if (is_of_data(made->breach) && made->body) BOOST_TEST((*made->body != Json{{"n", "17"}}));
}

BOOST_AUTO_TEST_CASE(a_request_is_shown_as_a_command_without_its_secrets) {
  Request request{"POST", "https://a.example/todos?q=[1]",
                  {{"Authorization", "Bearer abcdefghijkl"}, {"Content-Type", "application/json"}},
                  R"({"text":"it's"})"};
  BOOST_TEST(curl_line(request, {{"access_token", "abcdefghijkl"}}) ==
             R"(curl -i -H 'Authorization: Bearer '"$PLUGVET_ACCESS_TOKEN" -H 'Content-Type: application/json' --data-binary '{"text":"it'\''s"}' -g 'https://a.example/todos?q=[1]')");
  BOOST_TEST(curl_line({"DELETE", "https://a.example/", {}, ""}, {}) == "curl -i -X DELETE 'https://a.example/'");
  BOOST_TEST(curl_line({"GET", "https://a.example/", {{"A", "x\ny"}}, ""},
                       {}) == "curl -i -H $'A: x\\x0ay' 'https://a.example/'");
}

BOOST_AUTO_TEST_SUITE_END()
