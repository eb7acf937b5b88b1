#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_exact(const GuardedOperation& operation, const AccessAttempt& attempt) {
  return valid_was(operation, Reaction::granted) && attempt.seen == Reaction::refused;
}

Judgement judge_scheme_letter_case(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::lower_case}, is_exact, "", "an answer as with Bearer"});
}

}  // namespace

extern constinit const Check auth_scheme_letter_case = define_check<judge_scheme_letter_case>({
    .id = "auth/scheme-letter-case",
    .title = "The scheme is read without regard to letter case",
    .requirement = R"(An operation takes "bearer" for "Bearer".)",
    .rationale = "Names of schemes have no letter case, and clients write them in both ways.",
    .remedy = "Compare without regard to letter case.",
    .source = "RFC 9110, section 11.1",
    .passing = "200 for Authorization: bearer <token>",
    .failing = "401 for Authorization: bearer <token>",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
