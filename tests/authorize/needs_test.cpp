#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "harness/model/check.h"
#include "tests/authorize/made_plugin.h"
#include "tests/authorize/signing_in.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

Judgement signs_in(const SignIn& sign_in) {
  if (!sign_in.is_oauth()) return Judgement::not_applicable("The plugin does not use OAuth.");
  if (sign_in.broken && sign_in.broken->blame == Blame::user) return Judgement::blocked(sign_in.broken->what);
  return Judgement::pass();
}

Judgement lets_nobody_in(const Enforcement&) {
  return Judgement::pass();
}

constexpr CheckInfo info{.id = "auth/made",
                         .title = "It is made",
                         .requirement = "r",
                         .rationale = "r",
                         .remedy = "r",
                         .source = "s"};
constinit const Check sign_in_check = define_check<signs_in>(info);
constinit const Check enforcement_check = define_check<lets_nobody_in>(info);

Ruling rule(const Check& check, const Evidence& evidence) {
  return check.rule(evidence, Parameters{});
}

bool says(const Ruling& ruling, const char* text) {
  return ruling.reason.find(text) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(needs)

BOOST_AUTO_TEST_CASE(a_check_says_by_its_parameter_that_somebody_has_to_sign_in) {
  BOOST_TEST(sign_in_check.needs.contains(Needs::sign_in));
  BOOST_TEST(!sign_in_check.needs.contains(Needs::enforcement));
  BOOST_TEST(enforcement_check.needs.contains(Needs::enforcement));
}

BOOST_AUTO_TEST_CASE(without_live_such_checks_are_skipped_and_say_what_to_add) {
  TodoOauth plugin;
  plugin.options.live = false;
  const Evidence evidence = plugin.sign_in();
  for (const Check* check : {&sign_in_check, &enforcement_check}) {
    const Ruling ruling = rule(*check, evidence);
    BOOST_CHECK(ruling.outcome == Outcome::skipped);
    BOOST_TEST(says(ruling, "--live"));
  }
}

BOOST_AUTO_TEST_CASE(without_credentials_only_what_signs_in_is_skipped) {
  TodoOauth plugin;
  plugin.options.credentials = nullptr;
  const Evidence evidence = plugin.sign_in();
  const Ruling ruling = rule(sign_in_check, evidence);
  BOOST_CHECK(ruling.outcome == Outcome::skipped);
  BOOST_TEST(says(ruling, "add --credentials FILE"));
  BOOST_CHECK(rule(enforcement_check, evidence).outcome == Outcome::passed);
}

BOOST_AUTO_TEST_CASE(mistakes_of_the_user_block_and_do_not_reject) {
  TodoOauth plugin;
  std::string text = fixtures::credentials_of("todo-oauth");
  text.replace(text.find("alice-Keeps"), 11, "alice-Loses");
  plugin.options.credentials = credentials_in(text);
  BOOST_CHECK(rule(sign_in_check, plugin.sign_in()).outcome == Outcome::blocked);
}

BOOST_AUTO_TEST_CASE(what_would_say_how_to_sign_in_and_cannot_be_read_blocks) {
  const MadePlugin plugin{[](const auto&, auto&) {}};
  AuthorizeOptions options;
  options.live = true;
  Evidence evidence;
  evidence.manifest = Result<Manifest>{Problem{.rung = Rung::http, .id = "http.truncated", .what = "It ends too early."}};
  authorize(evidence, Needs{Needs::sign_in} | Needs::enforcement, {}, connection_to(plugin.origin()), options);
  for (const Check* check : {&sign_in_check, &enforcement_check}) {
    const Ruling ruling = rule(*check, evidence);
    BOOST_CHECK(ruling.outcome == Outcome::blocked);
    BOOST_TEST(says(ruling, "It ends too early."));
  }
  BOOST_TEST(plugin.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_plugin_for_everybody_needs_no_option_to_be_judged) {
  fixtures::Server server{{}};
  const Evidence evidence = authorized(server.origin(), connection_to(server.origin()), {});
  BOOST_CHECK(rule(sign_in_check, evidence).outcome == Outcome::not_applicable);
  BOOST_CHECK(rule(enforcement_check, evidence).outcome == Outcome::passed);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(given_tokens)

namespace {

std::string described(const std::string& origin, const std::string& scheme) {
  return "openapi: 3.0.1\ninfo: {title: Things, version: '1'}\nservers: [{url: '" + origin +
         "'}]\nsecurity: [{key: []}]\ncomponents: {securitySchemes: {key: " + scheme +
         "}}\npaths:\n  /things:\n    get:\n      operationId: listThings\n      responses: {'200': {description: d}}\n"
         "  /open:\n    get: {operationId: showOpen, security: [], responses: {'200': {description: d}}}\n";
}

/// What an API is called with that wants `header` to be `value`.
Enforcement called(const std::string& scheme, const std::string& header, const std::string& value, const char* token) {
  std::string description;
  httplib::Server server;
  server.set_keep_alive_timeout(1);
  server.Get("/openapi.yaml", [&](const auto&, auto& response) { response.set_content(description, "text/yaml"); });
  server.Get("/things", [&](const auto& request, auto& response) {
    response.status = request.get_header_value(header.c_str()) == value ? 200 : 401;
  });
  const std::string origin = "http://localhost:" + std::to_string(server.bind_to_any_port("127.0.0.1"));
  description = described(origin, scheme);
  std::thread thread{[&] { server.listen_after_bind(); }};
  AuthorizeOptions options;
  options.live = true;
  options.credentials = credentials_in(std::string{"token: '"} + token + "'");
  const Needs needs{Needs::enforcement};
  const auto transport = connection_to(origin);
  Evidence evidence = collect(*identify_submission(origin + "/openapi.yaml"), needs, ManifestKind::none, transport, {});
  authorize(evidence, needs, operation_calls(evidence), transport, options);
  server.stop();
  thread.join();
  BOOST_REQUIRE((evidence.enforcement && *evidence.enforcement));
  return **evidence.enforcement;
}

void check_let_in_only_with_the_token(const Enforcement& enforcement) {
  BOOST_REQUIRE(enforcement.operations.size() == 1u);
  for (const AccessAttempt& attempt : enforcement.operations.front().attempts)
    if (attempt.pass != Pass::lower_case)
      BOOST_TEST((attempt.seen == Reaction::granted) == (attempt.pass == Pass::valid), name_of(attempt.pass));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_bearer_token_is_sent_as_one) {
  const Enforcement enforcement = called("{type: http, scheme: bearer}", "Authorization", "Bearer tok-en-12345", "tok-en-12345");
  BOOST_CHECK(enforcement.declaration.kind == AuthKind::service_http);
  check_let_in_only_with_the_token(enforcement);
}

BOOST_AUTO_TEST_CASE(user_and_password_are_encoded_for_basic) {
  check_let_in_only_with_the_token(
      called("{type: http, scheme: basic}", "Authorization", "Basic dXNlcjpwYXNz", "user:pass"));
}

BOOST_AUTO_TEST_CASE(a_key_is_sent_in_the_header_that_is_declared) {
  const Enforcement enforcement =
      called("{type: apiKey, in: header, name: X-Api-Key}", "X-Api-Key", "key-12345678", "key-12345678");
  BOOST_CHECK(enforcement.declaration.kind == AuthKind::api_key);
  check_let_in_only_with_the_token(enforcement);
}

BOOST_AUTO_TEST_SUITE_END()
