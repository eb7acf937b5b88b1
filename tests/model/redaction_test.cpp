#include "harness/model/redaction.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

using namespace plugvet;

namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Json yaml(const std::string& text) {
  const auto document = parse_yaml(text, "");
  BOOST_REQUIRE_MESSAGE(document, text);
  return document->root();
}

}  // namespace

BOOST_AUTO_TEST_CASE(parameters_that_are_named_like_secrets_are_masked_in_their_length) {
  BOOST_TEST(with_masked_parameters("https://a.example/l.png?size=1&api_key=0123456789&x=y#f") ==
             "https://a.example/l.png?size=1&api_key=xxxxxxxxxx&x=y#f");
  BOOST_TEST(with_masked_parameters("client-secret=abcdefgh&state=abcdefgh") ==
             "client-secret=xxxxxxxx&state=abcdefgh");
  BOOST_TEST(with_masked_parameters("<a href=\"?access_token=abcdefgh\">") == "<a href=\"?access_token=xxxxxxxx\">");
  BOOST_TEST(with_masked_parameters("https://anna:pw@a.example/") == "https://anna:xx@a.example/");
  for (const char* same : {"", "?", "https://a.example:8443/@b", "?password=short", "?tokens=abcdefgh", "a: b?c",
                           "https://anna@a.example/", "?api_key=", "?api_key"})
    BOOST_TEST(with_masked_parameters(same) == same);
}

BOOST_AUTO_TEST_CASE(members_that_are_named_like_secrets_are_masked_where_they_stand) {
  BOOST_TEST(with_masked_values(R"({"secret": "ab\"cd\u00e9\\", "é": {"apiKey" : "01234567"}, "name": "01234567"})") ==
             R"({"secret": "xxxxxxxxxxxxxx", "é": {"apiKey" : "xxxxxxxx"}, "name": "01234567"})");
  BOOST_TEST(with_masked_values(R"([{"password": "password"}, {"password": {"a": "password"}}, {"secret": 12345678}])") ==
             R"([{"password": "xxxxxxxx"}, {"password": {"a": "password"}}, {"secret": 12345678}])");
}

BOOST_AUTO_TEST_CASE(every_style_of_yaml_is_masked_and_stays_yaml) {
  const std::string styles[] = {"password: canary-canary\nnext: 1\n",
                                "password: 'canary''s canary'\nnext: 1\n",
                                "password: \"canary\\\" canary\"\nnext: 1\n",
                                "password: canary\n  canary canary\nnext: 1\n",
                                "private_key: |\n    canary one\n\n      canary two\nnext: 1\n",
                                "private_key: >-\n  canary one\n  canary two\nnext: 1\n",
                                "password: &a canary-canary\nnext: 1\n",
                                "password: !!str canary-canary\nnext: 1\n",
                                "{password: canary-canary, next: 1}\n",
                                "- password: canary-canary\n- {é: é, password: canary-canary}\n"};
  for (const std::string& text : styles) {
    const std::string masked = with_masked_values(text);
    BOOST_TEST(!holds(masked, "canary"), masked);
    BOOST_TEST(masked.size() == text.size());
    BOOST_TEST((yaml(masked).size() == yaml(text).size()), masked);
    if (yaml(text).is_object()) BOOST_TEST(yaml(masked)["next"] == 1, masked);
    BOOST_TEST(with_masked_values(masked) == masked);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_document_is_left_as_it_is_but_for_its_parameters) {
  const std::string broken = "{\"password\": \"abcdefgh\"";
  BOOST_TEST(with_masked_values(broken) == broken);
  const std::string image{"\x89PNG\0\xff password: abcdefgh", 24};
  BOOST_TEST((with_masked_values(image) == image));
}

BOOST_AUTO_TEST_CASE(a_hostile_body_is_masked_in_linear_time) {
  std::string parameters, aliases = "a: &a {password: " + std::string(100'000, 'p') + "}\nb:\n";
  for (int i = 0; i < 400'000; ++i) parameters += "?secret=x";
  for (int i = 0; i < 20'000; ++i) aliases += "- *a\n";
  const auto begin = std::chrono::steady_clock::now();
  with_masked_values(parameters);
  with_masked_values(aliases);
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{5}));
}
