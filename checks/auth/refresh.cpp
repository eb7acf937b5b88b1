#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr double long_lifetime = 30.0 * 24 * 3600;  // seconds: who keeps a plugin that long signs in again

double lifetime_of(const TokenAnswer& answer) {
  const Json* life = answer.document ? answer.document->find("/expires_in") : nullptr;
  return life && life->is_number() ? life->get<double>() : 0;
}

Judgement judge_refresh(const SignIn& sign_in) {
  const TokenAnswer& token = *sign_in.token;
  const double lifetime = lifetime_of(token);
  if (!token.refresh_token) {
    if (lifetime <= 0) return Judgement::not_applicable("Tokens do not expire, as far as the answer says.");
    if (lifetime >= long_lifetime) return Judgement::not_applicable("Tokens live for a month or longer.");
    return Judgement::fail(sign_in_finding(
        sign_in, fmt::format("Tokens expire after {:.0f} s, and no refresh_token is handed out with them.", lifetime),
        "a refresh_token", "none", &token.exchange));
  }
  if (!sign_in.refreshed) return Judgement::blocked("The refresh was not tried.");
  const TokenAnswer& refreshed = *sign_in.refreshed;
  if (!refreshed.exchange.response && refreshed.exchange.problem)
    return Judgement::blocked(refreshed.exchange.problem->what);
  const std::string error = refreshed.error();
  const int status = refreshed.exchange.response ? refreshed.exchange.response->status : 0;
  if (!refreshed.is_token()) {
    const std::string actual =
        fmt::format("status {}{}", status, error.empty() ? "" : " with the error " + printable(shortened(error, 60)));
    return Judgement::fail(sign_in_finding(
        sign_in, "A refresh token that was just handed out brings no new token: " + actual + ".",
        "status 200 with access_token", actual, &refreshed.exchange));
  }
  const auto& call = sign_in.renewed_call;
  if (!call || !call->response || (call->response->status != 401 && call->response->status != 403))
    return Judgement::pass();
  return Judgement::fail(sign_in_finding(sign_in, "The API refuses the token that a refresh has brought.",
                                         "an answer as with the first token",
                                         fmt::format("status {}", call->response->status), &*call));
}

}  // namespace

extern constinit const Check auth_refresh = define_check<of_signed_in<judge_refresh>>({
    .id = "auth/refresh",
    .title = "Expired tokens can be renewed",
    .requirement =
        "Where tokens expire within a month the token answer has refresh_token; grant_type=refresh_token at the same "
        "URL brings a new access_token, and the API takes it.",
    .rationale =
        "Otherwise the user is signed out when the token expires, in the middle of a conversation: \"User is missing "
        "credentials\".",
    .remedy = "Hand out a refresh token, and serve grant_type=refresh_token at authorization_url.",
    .source = "RFC 6749, section 6; OpenAI, Plugin authentication (2023-09); reports of plugin developers",
    .passing = R"({"access_token": "…", "expires_in": 3600, "refresh_token": "…"})",
    .failing = R"({"access_token": "…", "expires_in": 3600})",
});

}  // namespace plugvet::checks
