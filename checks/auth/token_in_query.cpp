#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_found_in_query(const GuardedOperation& operation, const AccessAttempt& attempt) {
  return !is_open(operation) && is_let_in(operation, attempt);
}

Judgement judge_token_in_query(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::in_query}, is_found_in_query, "", "status 401"});
}

}  // namespace

extern constinit const Check auth_token_in_query = define_check<judge_token_in_query>({
    .id = "auth/token-in-query",
    .title = "Tokens are not taken from the address",
    .requirement = "An operation refuses a call whose token stands in the query.",
    .rationale = "Who may send tokens in addresses does so, and they end in logs and histories.",
    .remedy = "Read the header Authorization only.",
    .source = "RFC 9700, section 4.3.2; RFC 6750, section 2.3",
    .passing = "401 for ?access_token=…",
    .failing = "200 for ?access_token=…",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
