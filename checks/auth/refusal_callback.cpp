#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

/// A code is auth/consent-refusal's.
bool tells_otherwise(const Attempt& attempt) {
  if (is_granted(attempt)) return false;
  return !attempt.callback || attempt.callback->error != "access_denied" || !attempt.callback->state_is_unchanged;
}

Judgement judge_refusal_callback(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"consent/refused"}),
                        {tells_otherwise, "The platform does not hear error=access_denied with its state",
                         "error=access_denied and the state"});
}

}  // namespace

extern constinit const Check auth_refusal_callback = define_check<of_signed_in<judge_refusal_callback>>({
    .id = "auth/refusal-callback",
    .title = "The platform hears that the user does not agree",
    .requirement =
        "A user who refuses on the consent page is sent back to redirect_uri with error=access_denied and the state.",
    .rationale = "Otherwise the platform waits for an answer that never comes, and the user is left on a page of yours.",
    .remedy = "Redirect as after Allow, with error=access_denied in place of the code.",
    .source = "RFC 6749, section 4.1.2.1",
    .passing = "…/oauth/callback?error=access_denied&state=…",
    .failing = "302 Location: /",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
