#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

/// 403 is tolerated, and 404 hides what is there.
bool is_unusual_refusal(const GuardedOperation& operation, const AccessAttempt& attempt) {
  if (!valid_was(operation, Reaction::granted) || !attempt.exchange.response) return false;
  const int status = attempt.exchange.response->status;
  return attempt.seen == Reaction::other && status / 100 == 4 && status != 404 && status != 429;
}

Judgement judge_unauthorized_status(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::none, Pass::empty, Pass::undefined, Pass::wrong},
                                   is_unusual_refusal,
                                   "",
                                   "status 401"});
}

}  // namespace

extern constinit const Check auth_unauthorized_status = define_check<judge_unauthorized_status>({
    .id = "auth/unauthorized-status",
    .title = "The refusal is status 401",
    .requirement = "A call without a valid token is answered with status 401 (or 403), not with 400 or another one.",
    .rationale =
        "By 401 the platform knows that the user has to sign in again. Anything else is taken for a mistake of the "
        "call.",
    .remedy = "Answer 401 before anything else of the call is looked at.",
    .source = "RFC 6750, section 3.1; OpenAI, Plugin authentication (2023-09)",
    .passing = "401 without a token",
    .failing = "400 without a token",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
