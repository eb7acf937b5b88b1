#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_refresh_reuse(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"refresh/reused"}),
                        {is_granted, "The token endpoint hands out a token for", "400 invalid_grant"});
}

}  // namespace

extern constinit const Check auth_refresh_reuse = define_check<of_signed_in<judge_refresh_reuse>>({
    .id = "auth/refresh-reuse",
    .title = "A replaced refresh token is refused",
    .requirement = "Where a refresh brings a new refresh token the old one is refused.",
    .rationale =
        "A refresh token that was replaced and comes again was stolen, or its thief was faster. A server that takes "
        "it cannot notice.",
    .remedy = "Refuse the old one, and revoke the new one when it comes. A short grace for lost answers is fine.",
    .source = "RFC 9700, sections 2.2.2 and 4.14.2",
    .passing = R"(400 {"error": "invalid_grant"} for the old one)",
    .failing = "200 with a token",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
