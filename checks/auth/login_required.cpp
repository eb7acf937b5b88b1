#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_login_required(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"session/none"}),
                        {is_granted, "The authorization server issues a code where it must not", "a page to sign in"});
}

}  // namespace

extern constinit const Check auth_login_required = define_check<of_signed_in<judge_login_required>>({
    .id = "auth/login-required",
    .title = "A code is issued to nobody who has not signed in",
    .requirement =
        "An authorization request of a browser without a session leads to a page to sign in, never to a code.",
    .rationale =
        "A code without a sign-in is a way into somebody's account for everybody. Salt Labs found it in a framework "
        "that many plugins used.",
    .remedy = "Issue a code only in a session whose user has signed in.",
    .source = "RFC 6749, section 3.1; Salt Labs, Security flaws within the ChatGPT ecosystem",
    .passing = "200 with a login page",
    .failing = "302 with a code",
});

}  // namespace plugvet::checks
