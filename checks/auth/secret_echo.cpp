#include <algorithm>

#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t shortest_echo = 8;  // a shorter secret may be a part of any text

bool holds(const Exchange& exchange, const Secret& secret) {
  if (!exchange.response || secret.value.size() < shortest_echo) return false;
  return exchange.response->body.find(secret.value) != std::string::npos ||
         std::ranges::any_of(exchange.response->headers, [&](const Header& header) {
           return header.value.find(secret.value) != std::string::npos;
         });
}

Finding echo_finding(const Location& where, std::string_view who, const Secret& secret, const Exchange& exchange) {
  return {where, std::string(who) + " repeats the " + printable(shortened(secret.name, 40)) + " in its answer.",
          "an answer without it", "the " + printable(shortened(secret.name, 40)), exchange.request.url};
}

/// What the user gave for the sign-in.
bool is_of_sign_in(const Secret& secret) {
  return secret.name == "client_secret" || to_lower_ascii(secret.name).find("pass") != std::string::npos;
}

/// The first answer of the sign-in, or of what was tried, that repeats it.
std::optional<Finding> echo_of_sign_in(const SignIn& sign_in, const Secret& secret) {
  const auto finding = [&](const Exchange& exchange) {
    const bool is_token = sign_in.token && exchange.request.url == sign_in.token->exchange.request.url;
    return echo_finding(sign_in.declaration.where, is_token ? "The token endpoint" : "The authorization server", secret,
                        exchange);
  };
  for (const SignInStep& step : sign_in.steps)
    if (step.kind != StepKind::call && holds(step.exchange, secret)) return finding(step.exchange);
  for (const Attempt& attempt : sign_in.attempts)
    for (const Exchange& exchange : attempt.exchanges)
      if (holds(exchange, secret)) return finding(exchange);
  return std::nullopt;
}

Judgement judge_secret_echo(const Enforcement& enforcement, const Collected<SignIn>& sign_in,
                            const Evidence& evidence) {
  const SignIn* signed_in = sign_in ? sign_in->value() : nullptr;
  if (enforcement.operations.empty() && !(signed_in && signed_in->token))
    return Judgement::not_applicable("Nothing was sent that could be repeated.");
  Judgement judgement;
  for (const Secret& secret : evidence.secrets) {
    if (signed_in && is_of_sign_in(secret))
      if (auto finding = echo_of_sign_in(*signed_in, secret)) judgement.findings.push_back(std::move(*finding));
    if (secret.name != "access_token" && secret.name != "token") continue;
    for (const GuardedOperation& operation : enforcement.operations)
      if (const AccessAttempt* valid = operation.attempt(Pass::valid); valid && holds(valid->exchange, secret)) {
        judgement.findings.push_back(echo_finding(operation.where, "The API", secret, valid->exchange));
        return judgement;
      }
  }
  return judgement;
}

}  // namespace

extern constinit const Check auth_secret_echo = define_check<judge_secret_echo>({
    .id = "auth/secret-echo",
    .title = "Answers repeat no secret",
    .requirement =
        "Neither a page of the sign-in nor the token endpoint nor an operation has the client's secret, a password or the "
        "access token in its answer, not in an error either.",
    .rationale =
        "What an operation answers is read by the model and shown to the user, and kept in conversations. What the "
        "token endpoint answers lands in logs.",
    .remedy = "Leave it out of the answer, also where requests are echoed for debugging.",
    .source = "OWASP API Security API3; plugvet, own judgement",
    .passing = R"({"todos": []})",
    .failing = R"({"todos": [], "request": {"authorization": "Bearer …"}})",
});

}  // namespace plugvet::checks
