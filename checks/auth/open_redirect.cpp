#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool leads_to_attacker(const Attempt& attempt) {
  return attempt.callback && attempt.callback->url.starts_with("https://attacker.example");
}

Judgement judge_open_redirect(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"login/led-astray"}),
                        {leads_to_attacker, "The sign-in sends the browser to another site",
                         "the consent page or the callback"});
}

}  // namespace

extern constinit const Check auth_open_redirect = define_check<of_signed_in<judge_open_redirect>>({
    .id = "auth/open-redirect",
    .title = "The login page sends nobody to another site",
    .requirement =
        "Where the login page is opened with another site's address in next, return_to, continue, url or a parameter of "
        "its own that holds an address, the browser does not go there after the login.",
    .rationale =
        "A link to the real login page that ends at an attacker's page is the best phishing there is; and a code that is "
        "in an address on the way goes there, too.",
    .remedy = "Send people on to paths of your own only, or to what is kept in the session.",
    .source = "RFC 9700, section 4.11; OWASP ASVS, unvalidated redirects",
    .passing = "/login?next=https://attacker.example/ leads to /consent",
    .failing = "/login?next=https://attacker.example/ leads there",
});

}  // namespace plugvet::checks
