#include <algorithm>

#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

constexpr std::string_view acceptance_remark = "This is how every call of the platform arrives.";

bool is_turned_away(const GuardedOperation&, const AccessAttempt& attempt) {
  return attempt.seen == Reaction::refused;
}

bool lets_any_in(const Enforcement& enforcement) {
  return std::ranges::any_of(enforcement.operations,
                             [](const GuardedOperation& one) { return valid_was(one, Reaction::granted); });
}

Judgement judge_token_acceptance(const Enforcement& enforcement) {
  Judgement judgement =
      judge_calls(enforcement, {{Pass::valid}, is_turned_away, acceptance_remark, "an answer of status 2xx"});
  const bool was_given = enforcement.declaration.kind != AuthKind::oauth;
  if (judgement.findings.empty() || !was_given || lets_any_in(enforcement)) return judgement;
  return Judgement::blocked("Every operation refuses the token that was given (" + judgement.findings.front().actual +
                            "). Is it what the plugin knows?");
}

}  // namespace

extern constinit const Check auth_token_acceptance = define_check<judge_token_acceptance>({
    .id = "auth/token-acceptance",
    .title = "Operations take a valid token",
    .requirement =
        "Every operation that declares authentication takes \"Authorization: Bearer <token>\" with one space (or "
        "Basic), with the token that was handed out or agreed upon.",
    .rationale = "A plugin that refuses its own tokens cannot be used by anybody.",
    .remedy =
        "Compare what the report shows with what the API expects: the header, the scheme, the audience and scope of "
        "the token.",
    .source = "OpenAI, Plugin authentication (2023-09)",
    .passing = "200 for Authorization: Bearer <token>",
    .failing = "401 for a token that was just handed out",
});

}  // namespace plugvet::checks
