#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_sent_there(const Attempt& attempt) {
  return is_granted(attempt) || attempt.seen == Reaction::redirected;
}

Judgement judge_redirect_uri(const SignIn& sign_in) {
  const Attempts attempts = attempts_of(sign_in, {"redirect-uri/"});
  const Judgement codes = judge_attempts(sign_in, attempts,
                                         {is_granted, "The authorization server sends codes where it must not",
                                          "a page that refuses, and no redirect"});
  if (!codes.findings.empty()) return codes;
  return judge_attempts(sign_in, attempts,
                        {is_sent_there, "The authorization server sends browsers where it must not",
                         "a page that refuses, and no redirect"});
}

}  // namespace

extern constinit const Check auth_redirect_uri = define_check<of_signed_in<judge_redirect_uri>>({
    .id = "auth/redirect-uri",
    .title = "Codes go to the registered redirect URI only",
    .requirement =
        "redirect_uri is compared with the registered ones as a text, as a whole. Any other, be it on another host, "
        "of another plugin or with a query more, is answered with a page, and never with a redirect.",
    .rationale =
        "Who gets a code gets the user's account. Salt Labs took over accounts of real plugins in this way. A "
        "comparison of the host alone still lets another plugin have the code.",
    .remedy =
        "Register the platform's callback addresses in full, and compare texts. Do not redirect an error to an "
        "address that is not registered.",
    .source =
        "RFC 9700, sections 2.1 and 4.1; RFC 6749, section 3.1.2; Salt Labs, Security flaws within the ChatGPT "
        "ecosystem",
    .passing = "400 for redirect_uri=https://attacker.example/oauth/callback",
    .failing = "302 Location: https://attacker.example/oauth/callback?code=…",
});

}  // namespace plugvet::checks
