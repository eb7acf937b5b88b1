#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_consent_refusal(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"consent/refused"}),
                        {is_granted, "The authorization server issues a code all the same", "error=access_denied"});
}

}  // namespace

extern constinit const Check auth_consent_refusal = define_check<of_signed_in<judge_consent_refusal>>({
    .id = "auth/consent-refusal",
    .title = "Who does not agree gives no access",
    .requirement = "A user who refuses on the consent page gives the platform no code.",
    .rationale = "A button that says no and means yes takes the user's data against their will.",
    .remedy = "Redirect with error=access_denied and the state.",
    .source = "RFC 6749, section 4.1.2.1",
    .passing = "…/oauth/callback?error=access_denied&state=…",
    .failing = "…/oauth/callback?code=…&state=… after Deny",
});

}  // namespace plugvet::checks
