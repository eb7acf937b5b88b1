#include <atomic>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tests/authorize/made_plugin.h"
#include "tests/authorize/signing_in.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

const char* usual_credentials =
    "oauth: {client_id: platform, client_secret: a-secret-of-the-client, plugin_id: plugin-1}\n"
    "login: {fields: {username: alice, password: correct-horse-battery}}\n";
const std::string password = "correct-horse-battery";

std::string page(const std::string& body) {
  return "<!doctype html><title>Page</title>" + body;
}

std::string login_form(const std::string& action) {
  return "<form method=post action='" + action + "'><input name=username><input type=password name=password><button>Sign "
         "in</button></form>";
}

void show(httplib::Response& response, const std::string& body) {
  response.set_content(page(body), "text/html");
}

void lead(httplib::Response& response, const std::string& address, int status = 302) {
  response.status = status;
  response.set_header("Location", address);
}

/// Why the sign-in at a plugin like this ended.
Problem broken_at(const MadePlugin& plugin, const char* credentials = usual_credentials,
                  std::chrono::milliseconds patience = std::chrono::seconds{20}) {
  AuthorizeOptions options;
  options.live = true;
  options.credentials = credentials_in(credentials);
  options.deadline = patience;
  LiveOptions live;
  live.allow_private = true;
  const Evidence evidence = authorized(plugin.origin(), *make_live_transport(live), options);
  BOOST_REQUIRE((evidence.sign_in && *evidence.sign_in));
  const SignIn& sign_in = **evidence.sign_in;
  BOOST_REQUIRE(sign_in.broken);
  for (const Attempt& attempt : sign_in.attempts)
    if (attempt.seen != Reaction::not_made || attempt.actual.empty())
      BOOST_ERROR(attempt.id << " was made though nobody was signed in");
  return *sign_in.broken;
}

Problem broken(MadePlugin::Handler handler, const char* credentials = usual_credentials) {
  const MadePlugin plugin{std::move(handler)};
  return broken_at(plugin, credentials);
}

Problem broken_with(const std::string& credentials, fixtures::Behaviours behaviours = {}) {
  TodoOauth plugin{std::move(behaviours)};
  if (!credentials.empty()) plugin.options.credentials = credentials_in(credentials);
  const Evidence evidence = plugin.sign_in();
  BOOST_REQUIRE((evidence.sign_in && *evidence.sign_in && (*evidence.sign_in)->broken));
  return *(*evidence.sign_in)->broken;
}

std::string todo_credentials(const std::string& from, const std::string& to) {
  std::string text = fixtures::credentials_of("todo-oauth");
  text.replace(text.find(from), from.size(), to);
  return text;
}

bool says(const Problem& problem, const std::string& text) {
  return problem.what.find(text) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mistakes_of_the_user)

BOOST_AUTO_TEST_CASE(an_account_that_is_not_accepted_is_said_to_be_so) {
  const Problem problem = broken_with(todo_credentials("alice-Keeps-7-lists", "alice-Keeps-8-lists"));
  BOOST_TEST(problem.id == "sign_in.account");
  BOOST_CHECK(problem.blame == Blame::user);
  BOOST_TEST(says(problem, "does not accept the first account"));
  BOOST_TEST(!says(problem, "alice-Keeps"));
}

BOOST_AUTO_TEST_CASE(a_client_that_is_not_known_is_said_to_be_so) {
  const Problem id = broken_with(todo_credentials("chat-platform", "chat-plattform"));
  BOOST_TEST(id.id == "sign_in.refused");
  BOOST_CHECK(id.blame == Blame::user);
  const Problem secret = broken_with(todo_credentials("platform-Secret-2f9Q", "platform-Secret-2f9R"));
  BOOST_TEST(secret.id == "sign_in.no_token");
  BOOST_CHECK(secret.blame == Blame::user);
  const Problem plugin = broken_with(todo_credentials("plugin-6d3c", "plugin-7d3c"));
  BOOST_CHECK(plugin.blame == Blame::user);
  BOOST_TEST(says(plugin, "plugin_id"));
}

BOOST_AUTO_TEST_CASE(fields_that_nobody_named_are_named) {
  const Problem problem = broken([](const auto&, auto& response) {
    show(response, "<form method=post><input name=customer_number><input type=password name=pin><button>Go</button></form>");
  }, "oauth: {client_id: platform, client_secret: a-secret, plugin_id: plugin-1}\nlogin: {fields: {email: a@b.example}}\n");
  BOOST_TEST(problem.id == "sign_in.fields");
  BOOST_CHECK(problem.blame == Blame::user);
  BOOST_TEST(says(problem, "asks for customer_number and pin, and login.fields names email"));
}

BOOST_AUTO_TEST_CASE(credentials_without_what_the_plugin_needs_are_said_to_be_so) {
  for (const auto& [yaml, missing] : {std::pair{"token: abcdefgh\n", "oauth"},
                                      {"oauth: {client_id: a, client_secret: b}\n", "plugin_id"},
                                      {"oauth: {client_id: a, client_secret: b, plugin_id: c}\n", "login"}}) {
    const Problem problem = broken_with(yaml);
    BOOST_CHECK(problem.blame == Blame::user);
    BOOST_TEST(says(problem, missing), problem.what);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hostile_sign_ins)

BOOST_AUTO_TEST_CASE(a_password_goes_to_the_host_where_the_sign_in_begins_and_to_no_other) {
  const MadePlugin elsewhere{[](const auto&, auto& response) { show(response, login_form("/login")); }};
  const MadePlugin led{[&](const auto&, auto& response) { lead(response, elsewhere.origin("127.0.0.1") + "/login"); }};
  BOOST_TEST(broken_at(led).id == "sign_in.foreign_login");
  const MadePlugin sending{
      [&](const auto&, auto& response) { show(response, login_form(elsewhere.origin("127.0.0.1") + "/steal")); }};
  const Problem problem = broken_at(sending);
  BOOST_TEST(problem.id == "sign_in.foreign_login");
  BOOST_CHECK(problem.blame == Blame::user);
  BOOST_TEST(says(problem, elsewhere.origin("127.0.0.1")));
  BOOST_TEST(!elsewhere.was_told(password));
}

BOOST_AUTO_TEST_CASE(a_login_page_of_another_host_that_is_named_is_told_the_password) {
  const MadePlugin elsewhere{[](const auto& request, auto& response) {
    request.method == "POST" ? show(response, "Welcome.") : show(response, login_form("/login"));
  }};
  const MadePlugin plugin{[&](const auto&, auto& response) { lead(response, elsewhere.origin("127.0.0.1") + "/login"); }};
  std::string yaml = usual_credentials;
  yaml.replace(yaml.find("login: {"), 8, "login: {origins: ['" + elsewhere.origin("127.0.0.1") + "'], ");
  BOOST_TEST(broken_at(plugin, yaml.c_str()).id == "sign_in.no_form");
  BOOST_TEST(elsewhere.was_told(password));
}

BOOST_AUTO_TEST_CASE(a_form_is_never_sent_on_to_another_host) {
  const MadePlugin elsewhere{[](const auto&, auto& response) { show(response, "Thank you."); }};
  const MadePlugin plugin{[&](const auto& request, auto& response) {
    if (request.method == "POST")
      lead(response, elsewhere.origin("127.0.0.1") + "/steal", 307);
    else
      show(response, login_form("/login"));
  }};
  BOOST_TEST(broken_at(plugin).id == "sign_in.forwarded");
  BOOST_TEST(plugin.was_told(password));
  BOOST_TEST(elsewhere.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_token_never_follows_a_redirect_of_the_api) {
  const MadePlugin elsewhere{[](const auto&, auto& response) { show(response, "Hello."); }};
  const MadePlugin plugin{[&](const auto& request, auto& response) {
    if (request.path == "/authorize")
      return lead(response, request.get_param_value("redirect_uri") + "?code=a-code-of-some-length&state=" +
                                request.get_param_value("state"));
    if (request.path == "/token")
      return response.set_content(R"({"access_token": "a-token-of-some-length", "token_type": "bearer"})",
                                  "application/json");
    lead(response, elsewhere.origin("127.0.0.1") + "/things");
  }};
  AuthorizeOptions options;
  options.live = true;
  options.credentials = credentials_in(usual_credentials);
  LiveOptions live;
  live.allow_private = true;
  const Evidence evidence = authorized(plugin.origin(), *make_live_transport(live), options);
  BOOST_REQUIRE((evidence.enforcement && *evidence.enforcement));
  const AccessAttempt* valid = (*evidence.enforcement)->operations.front().attempt(Pass::valid);
  BOOST_REQUIRE(valid);
  BOOST_CHECK(valid->seen == Reaction::redirected);
  BOOST_TEST(elsewhere.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_sign_in_that_goes_round_ends) {
  std::atomic<int> turn = 0;
  const Problem redirects = broken([&](const auto&, auto& response) { lead(response, "/next?" + std::to_string(++turn)); });
  BOOST_TEST(redirects.id == "sign_in.endless");
  BOOST_CHECK(redirects.blame == Blame::submission);
  const Problem forms = broken([&](const auto&, auto& response) {
    show(response, "<form method=post action='/agree?" + std::to_string(++turn) + "'><button>Allow</button></form>");
  });
  BOOST_TEST(forms.id == "sign_in.endless");
  BOOST_TEST(broken_with("", {"login-endless"}).id == "sign_in.endless");
}

BOOST_AUTO_TEST_CASE(pages_that_lead_nowhere_are_told_apart) {
  BOOST_TEST(broken_with("", {"login-no-form"}).id == "sign_in.no_form");
  const Problem script = broken_with("", {"login-script"});
  BOOST_TEST(script.id == "sign_in.script");
  BOOST_CHECK(script.blame == Blame::user);
  BOOST_TEST(says(script, "--interactive"));
  BOOST_TEST(broken_with("", {"authorize-missing"}).id == "sign_in.refused");
  BOOST_TEST(broken_with("", {"authorize-broken"}).id == "sign_in.failed");
}

BOOST_AUTO_TEST_CASE(a_token_endpoint_that_answers_something_else_is_named) {
  for (const auto& [behaviour, says_so] :
       {std::pair{"token-html", "text/html"}, {"token-nothing", "without a body"}, {"token-huge", "10485769 bytes"},
        {"token-redirected", "302 to /login"}}) {
    const Problem problem = broken_with("", {behaviour});
    BOOST_CHECK(problem.blame == Blame::submission);
    BOOST_TEST(says(problem, says_so), problem.what);
  }
}

BOOST_AUTO_TEST_CASE(a_token_endpoint_that_takes_too_long_is_not_waited_for) {
  TodoOauth plugin{{"token-slow"}};
  plugin.options.limits.deadline = std::chrono::milliseconds{300};
  const Evidence evidence = plugin.sign_in();
  BOOST_TEST((*evidence.sign_in)->broken->id == "http.deadline");
}

BOOST_AUTO_TEST_CASE(a_page_of_any_bytes_is_read_in_no_time) {
  const auto begin = std::chrono::steady_clock::now();
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  std::string forms;
  for (int i = 0; i < 20'000; ++i) forms += "<form><input name=a>";
  for (const std::string& body :
       std::vector<std::string>{deep, forms, std::string(900'000, '<'), std::string(100'000, '\0'),
                                "<form action='javascript:alert(1)'><input type=password name=password>",
                                "<form method=post action='http://[::1'><input name=password>"})
    static_cast<void>(broken([&](const auto&, auto& response) { show(response, body); }));
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{20}));
}

BOOST_AUTO_TEST_CASE(answers_full_of_traps_break_nothing) {
  const MadePlugin plugin{[](const auto& request, auto& response) {
    if (request.path == "/authorize") {
      const std::string target = request.get_param_value("redirect_uri");
      return lead(response, target + "?state=" + request.get_param_value("state") + "&code=" + std::string(60'000, 'c'));
    }
    if (request.path == "/token")
      return response.set_content(R"({"access_token": "a\r\nX-Injected: 1", "access_token": "b\r\nc", "expires_in": 1e400,
        "token_type": "\u001b[31m<script>", "refresh_token": {"a": 1}})", "application/json");
    response.status = 401;
  }};
  AuthorizeOptions options;
  options.live = true;
  options.credentials = credentials_in(usual_credentials);
  const Evidence evidence = authorized(plugin.origin(), connection_to(plugin.origin()), options);
  BOOST_REQUIRE((evidence.sign_in && *evidence.sign_in));
  const GuardedOperation& list = (*evidence.enforcement)->operations.front();
  BOOST_REQUIRE(list.attempt(Pass::valid));
  BOOST_CHECK(list.attempt(Pass::valid)->seen == Reaction::unanswered);
  for (const std::string& one : plugin.seen()) BOOST_TEST(one.find("X-Injected") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
