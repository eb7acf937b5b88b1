#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_out_of_date(const GuardedOperation& operation, const AccessAttempt& attempt) {
  return !was(operation, Pass::wrong, Reaction::granted) && is_let_in(operation, attempt);
}

Judgement judge_token_expiry(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::expired}, is_out_of_date, "", "status 401"});
}

}  // namespace

extern constinit const Check auth_token_expiry = define_check<judge_token_expiry>({
    .id = "auth/token-expiry",
    .title = "Expired tokens are refused",
    .requirement =
        "After expires_in an operation refuses the token. (It is tried where tokens live for at most ten seconds.)",
    .rationale = "A token that was lost or stolen is good for as long as it is taken, whatever its answer said.",
    .remedy = "Compare the token's end with the clock at each call.",
    .source = "RFC 6750, section 3.1; RFC 6749, section 5.1",
    .passing = "401 after expires_in",
    .failing = "200 after expires_in",
});

}  // namespace plugvet::checks
