#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_consent(const SignIn& sign_in) {
  const Attempt* nobody = sign_in.attempt("session/none");
  if (nobody && is_granted(*nobody))
    return Judgement::not_applicable("Not even a login is asked for: auth/login-required says so.");
  return judge_attempts(sign_in, attempts_of(sign_in, {"consent/asked"}),
                        {is_granted, "No page after the login asks, and there is a code", "a page that asks"});
}

}  // namespace

extern constinit const Check auth_consent = define_check<of_signed_in<judge_consent>>({
    .id = "auth/consent",
    .title = "The user is asked before the platform gets access",
    .requirement =
        "A user who signs in for the first time sees a page that names the platform and what it may do, and agrees there. "
        "Whether the page says this, and whether the account of the review had agreed before, only a person can judge.",
    .rationale =
        "Without it a link is enough to connect somebody's account with a conversation of somebody else's.",
    .remedy = "Ask on a page of its own, with the client's name and the scopes.",
    .source = "RFC 6819, section 5.2.3; RFC 6749, section 10.12",
    .passing = "May Chat Platform list and change your todos? [Deny] [Allow]",
    .failing = "302 with a code, right after the login",
    .severity = Severity::note,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
