#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_taken(const GuardedOperation& operation, const AccessAttempt& attempt) {
  return !is_open(operation) && is_let_in(operation, attempt);
}

Judgement judge_token_scheme(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::other_scheme}, is_taken, "", "status 401 or 403"});
}

}  // namespace

extern constinit const Check auth_token_scheme = define_check<judge_token_scheme>({
    .id = "auth/token-scheme",
    .title = "The token counts under its own scheme only",
    .requirement = "An operation refuses the token in a header Authorization of another scheme than is declared.",
    .rationale =
        "An API that looks for the token anywhere in the header takes headers for valid that were meant for others.",
    .remedy = "Compare the scheme, too.",
    .source = "RFC 9110, section 11.6.2; plugvet, own judgement",
    .passing = "401 for Authorization: Basic <token>",
    .failing = "200 for Authorization: Basic <token>",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
