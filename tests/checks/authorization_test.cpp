#include <boost/test/unit_test.hpp>

#include "checks/all.h"
#include "checks/authorization.h"

using namespace plugvet;

namespace {

const Check& check_named(std::string_view id) {
  for (const Check* check : checks::all())
    if (check->info.id == id) return *check;
  throw std::runtime_error("no check " + std::string(id));
}

AccessAttempt attempt(Pass pass, Reaction seen, int status, std::string body = "{}") {
  AccessAttempt made;
  made.pass = pass;
  made.seen = seen;
  made.actual = std::to_string(status);
  made.exchange.response = Response{status, "HTTP/1.1", {}, std::move(body), 0};
  return made;
}

Evidence called(std::vector<AccessAttempt> attempts) {
  GuardedOperation operation;
  operation.method = "GET";
  operation.path = "/todos";
  operation.url = "https://acme.com/todos";
  operation.attempts = std::move(attempts);
  Enforcement enforcement;
  enforcement.declaration.kind = AuthKind::service_http;
  enforcement.operations.push_back(std::move(operation));
  Evidence evidence;
  evidence.enforcement = Result<Enforcement>{std::move(enforcement)};
  return evidence;
}

Ruling ruling(std::string_view id, const Evidence& evidence) {
  return check_named(id).rule(evidence, Parameters{});
}

std::size_t findings(std::string_view id, const Evidence& evidence) {
  return ruling(id, evidence).judgement.findings.size();
}

Evidence broken_by(Blame blame) {
  SignIn sign_in;
  sign_in.declaration.kind = AuthKind::oauth;
  sign_in.broken = Problem{.rung = Rung::http, .id = "sign_in.account", .what = "Not accepted.", .where = {}, .blame = blame};
  sign_in.broken_at = StepKind::form;
  Evidence evidence;
  evidence.sign_in = Result<SignIn>{std::move(sign_in)};
  return evidence;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(authorization)

BOOST_AUTO_TEST_CASE(status_403_without_a_token_is_a_refusal) {
  const Evidence evidence = called({attempt(Pass::valid, Reaction::granted, 200, "{\"todos\": []}"),
                                    attempt(Pass::none, Reaction::refused, 403)});
  for (const char* id : {"auth/enforcement", "auth/refusal-status", "auth/unauthorized-status", "auth/challenge"})
    BOOST_TEST(findings(id, evidence) == 0u, id);
}

BOOST_AUTO_TEST_CASE(a_redirect_that_a_valid_token_gets_too_is_no_login_page) {
  const Evidence evidence = called({attempt(Pass::valid, Reaction::redirected, 308),
                                    attempt(Pass::none, Reaction::redirected, 308)});
  BOOST_TEST(findings("auth/refusal-status", evidence) == 0u);
}

BOOST_AUTO_TEST_CASE(an_operation_that_always_fails_has_refused_nobody_and_let_nobody_in) {
  const Evidence evidence =
      called({attempt(Pass::valid, Reaction::failed, 500), attempt(Pass::none, Reaction::failed, 500)});
  BOOST_TEST(findings("auth/refusal-status", evidence) == 1u);
  BOOST_TEST(findings("auth/enforcement", evidence) == 0u);
}

BOOST_AUTO_TEST_CASE(an_error_of_status_200_is_no_refusal_and_no_open_door) {
  const Evidence evidence = called({attempt(Pass::valid, Reaction::granted, 200, "{\"todos\": []}"),
                                    attempt(Pass::none, Reaction::granted, 200, "{\"error\": \"Unauthorized\"}")});
  BOOST_TEST(findings("auth/refusal-status", evidence) == 1u);
  BOOST_TEST(findings("auth/enforcement", evidence) == 0u);
}

BOOST_AUTO_TEST_CASE(an_open_operation_is_one_finding_whatever_it_is_sent) {
  const Evidence evidence = called({attempt(Pass::none, Reaction::granted, 200, "[1]"),
                                    attempt(Pass::wrong, Reaction::granted, 200, "[1]"),
                                    attempt(Pass::other_scheme, Reaction::granted, 200, "[1]"),
                                    attempt(Pass::forged_headers, Reaction::granted, 200, "[1]")});
  BOOST_TEST(findings("auth/enforcement", evidence) == 1u);
  BOOST_TEST(findings("auth/token-scheme", evidence) == 0u);
  BOOST_TEST(findings("auth/platform-headers", evidence) == 0u);
}

BOOST_AUTO_TEST_CASE(a_given_token_that_nobody_takes_is_the_users_to_look_at) {
  const Evidence evidence = called({attempt(Pass::valid, Reaction::refused, 401)});
  BOOST_CHECK(ruling("auth/token-acceptance", evidence).outcome == Outcome::blocked);
}

BOOST_AUTO_TEST_CASE(what_the_user_got_wrong_blocks_and_what_the_plugin_got_wrong_fails) {
  BOOST_CHECK(ruling("auth/sign-in", broken_by(Blame::user)).outcome == Outcome::blocked);
  BOOST_CHECK(ruling("auth/sign-in", broken_by(Blame::submission)).outcome == Outcome::failed);
  BOOST_CHECK(ruling("auth/code-reuse", broken_by(Blame::submission)).outcome == Outcome::blocked);
}

BOOST_AUTO_TEST_CASE(without_live_calls_the_reason_says_how_to_have_them) {
  Evidence evidence;
  evidence.not_called_because = "add --live";
  const Ruling skipped = ruling("auth/enforcement", evidence);
  BOOST_CHECK(skipped.outcome == Outcome::skipped);
  BOOST_TEST(skipped.reason == "add --live");
}

BOOST_AUTO_TEST_SUITE_END()
