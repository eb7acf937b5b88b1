#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_others(const GuardedOperation& operation, const AccessAttempt& attempt) {
  return !is_open(operation) && !was(operation, Pass::wrong, Reaction::granted) && attempt.same_as_valid;
}

Judgement judge_object_ownership(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::other_account}, is_others, "", "status 403 or 404"});
}

}  // namespace

extern constinit const Check auth_object_ownership = define_check<judge_object_ownership>({
    .id = "auth/object-ownership",
    .title = "Nobody reads what belongs to another account",
    .requirement =
        "An operation that shows an object by its id refuses the token of another account, with status 403 or 404. "
        "(The credentials need other_login or other_token, and the object has to belong to the first account.)",
    .rationale =
        "It is the first of the OWASP API risks: with a valid token of one's own, and ids that can be guessed or "
        "found, everybody reads everybody's data.",
    .remedy =
        "Compare the owner of the object with the user of the token at each access. Waive the finding for objects "
        "that are public.",
    .source = "OWASP API Security API1, Broken object level authorization",
    .passing = "404 for another account's todo",
    .failing = "200 with another account's todo",
});

}  // namespace plugvet::checks
