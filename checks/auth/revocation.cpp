#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_revocation(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"revocation/"}),
                        {is_granted, "It was revoked and is taken all the same", "400 invalid_grant, or 401 from the API"});
}

}  // namespace

extern constinit const Check auth_revocation = define_check<of_signed_in<judge_revocation>>({
    .id = "auth/revocation",
    .title = "What was revoked is refused",
    .requirement =
        "Where the authorization server names a revocation_endpoint: a refresh token and an access token that were revoked "
        "there are refused from then on.",
    .rationale = "Users who disconnect a plugin believe that it has no access any more.",
    .remedy =
        "Delete the token, and ask for it where it is used. Tokens that nobody asks for (JWTs) should live for minutes only.",
    .source = "RFC 7009, section 2; RFC 9700, section 4.14.2",
    .passing = "200 from the revocation, then 401 from the API",
    .failing = "200 from the revocation, then 200 from the API",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
