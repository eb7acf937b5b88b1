#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "harness/support/percent.h"
#include "tests/authorize/made_plugin.h"
#include "tests/authorize/signing_in.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

const char* client_only = "oauth: {client_id: platform, client_secret: a-secret-of-the-client}\n";

/// Opens an address as a browser does that follows redirects, with another Host header if one is given.
int open(const std::string& address, const char* host = nullptr) {
  const auto url = Url::parse(address);
  BOOST_REQUIRE(url);
  httplib::Client client{"127.0.0.1", url->port()};
  httplib::Headers headers;
  if (host) headers.emplace("Host", host);
  const auto answer = client.Get(url->path() + "?" + url->query(), headers);
  BOOST_REQUIRE(answer);
  const std::string location = answer->get_header_value("Location");
  return location.empty() ? answer->status : open(location, host);
}

/// Signs everybody in and hands out one token; `state` is what comes back as such.
MadePlugin::Handler hospitable(const std::string& state = {}) {
  return [state](const auto& request, auto& response) {
    if (request.path == "/authorize") {
      response.status = 302;
      const std::string back = state.empty() ? request.get_param_value("state") : state;
      response.set_header("Location", request.get_param_value("redirect_uri") + "?code=the-code-of-this-test&state=" + back);
    } else if (request.path == "/token") {
      response.set_content(R"({"access_token": "the-token-of-this-test", "token_type": "bearer"})", "application/json");
    } else {
      response.status = request.get_header_value("Authorization") == "Bearer the-token-of-this-test" ? 200 : 401;
    }
  };
}

SignIn signed_in_by(const ShowAddress& person, const MadePlugin& plugin,
                    std::chrono::milliseconds patience = std::chrono::seconds{20}) {
  AuthorizeOptions options;
  options.live = true;
  options.credentials = credentials_in(client_only);
  options.show_address = person;
  options.deadline = patience;
  const Evidence evidence = authorized(plugin.origin(), connection_to(plugin.origin()), options);
  BOOST_REQUIRE((evidence.sign_in && *evidence.sign_in));
  return **evidence.sign_in;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_person_with_a_browser)

BOOST_AUTO_TEST_CASE(is_waited_for_and_comes_back_to_this_machine) {
  const MadePlugin plugin{hospitable()};
  int status = 0;
  const SignIn sign_in = signed_in_by(
      [&](const std::string& address, std::chrono::seconds left) {
        BOOST_TEST((left.count() > 0 && left.count() <= 300));
        if (status == 0) status = open(address);
      },
      plugin);
  BOOST_TEST(status == 200);
  BOOST_TEST(!sign_in.broken);
  BOOST_TEST(sign_in.redirect_uri.starts_with("http://127.0.0.1:"));
  BOOST_REQUIRE(sign_in.token);
  BOOST_TEST(sign_in.token->is_token());
  for (const Attempt& attempt : sign_in.attempts)
    if (attempt.id.starts_with("redirect-uri/")) BOOST_CHECK(attempt.seen == Reaction::not_made);
  BOOST_TEST(plugin.was_told("the-code-of-this-test"));
}

BOOST_AUTO_TEST_CASE(who_brings_another_state_back_is_not_believed) {
  const MadePlugin plugin{hospitable("another-state")};
  bool has_opened = false;
  const SignIn sign_in = signed_in_by(
      [&](const std::string& address, std::chrono::seconds) {
        if (!std::exchange(has_opened, true)) open(address);
      },
      plugin);
  BOOST_REQUIRE(sign_in.broken);
  BOOST_TEST(sign_in.broken->id == "callback.state");
  for (const std::string& one : plugin.seen()) BOOST_TEST(!one.starts_with("POST /token"));
}

BOOST_AUTO_TEST_CASE(who_does_not_come_back_is_not_waited_for_for_ever) {
  const MadePlugin plugin{hospitable()};
  const SignIn sign_in = signed_in_by([](const std::string&, std::chrono::seconds) {}, plugin, std::chrono::seconds{1});
  BOOST_REQUIRE(sign_in.broken);
  BOOST_TEST(sign_in.broken->id == "callback.timeout");
  BOOST_CHECK(sign_in.broken->blame == Blame::user);
}

BOOST_AUTO_TEST_CASE(a_page_of_another_host_that_only_looks_like_this_machine_is_refused) {
  const MadePlugin plugin{hospitable()};
  int foreign = 0, own = 0;
  signed_in_by(
      [&](const std::string& address, std::chrono::seconds) {
        if (foreign == 0) foreign = open(address, "rebound.example");
        if (own == 0) own = open(address);
      },
      plugin);
  BOOST_TEST(foreign == 404);
  BOOST_TEST(own == 200);
}

BOOST_AUTO_TEST_CASE(an_address_that_is_not_of_this_machine_is_no_place_to_wait) {
  for (const char* wanted : {"https://127.0.0.1:8765/c", "http://192.0.2.1:8765/c", "http://example.com/c"}) {
    const auto callback = LoopbackCallback::open(wanted);
    BOOST_REQUIRE(!callback);
    BOOST_CHECK(callback.problem()->blame == Blame::user);
  }
}

BOOST_AUTO_TEST_SUITE_END()
