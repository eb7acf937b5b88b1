#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_encrypted_sign_in(const SignIn& sign_in) {
  if (!sign_in.broken || sign_in.broken->id != "sign_in.plain_http") return Judgement::pass();
  return Judgement::fail({sign_in.declaration.where, printable(sign_in.broken->what), "https all the way",
                          "http on the way", sign_in.broken->where});
}

}  // namespace

extern constinit const Check auth_encrypted_sign_in = define_check<of_oauth<judge_encrypted_sign_in>>({
    .id = "auth/encrypted-sign-in",
    .title = "The sign-in never leaves https",
    .requirement =
        "Neither a redirect nor a form between the authorization request and the callback leads from https to http.",
    .rationale = "Cookies, codes and passwords can be read by everybody on the way, and replaced.",
    .remedy = "Make redirects from the public https address, not from what a server behind a proxy takes for its own.",
    .source = "RFC 9700, section 2.6; RFC 6749, section 3.1.2.1",
    .passing = "Location: https://acme.com/consent",
    .failing = "Location: http://acme.com/consent",
});

}  // namespace plugvet::checks
