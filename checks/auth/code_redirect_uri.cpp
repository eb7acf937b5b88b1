#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_code_redirect_uri(const SignIn& sign_in) {
  const Attempt* any = sign_in.attempt("code/unknown");
  if (any && is_granted(*any)) return Judgement::not_applicable("Any code is taken: auth/code-validity says so.");
  return judge_attempts(sign_in, attempts_of(sign_in, {"code/other-redirect-uri", "code/no-redirect-uri"}),
                        {is_granted, "The token endpoint hands out a token for", "400 invalid_grant"});
}

}  // namespace

extern constinit const Check auth_code_redirect_uri = define_check<of_signed_in<judge_code_redirect_uri>>({
    .id = "auth/code-redirect-uri",
    .title = "A code belongs to the redirect URI that it was sent to",
    .requirement =
        "The token endpoint refuses a code with another redirect_uri than that of the authorization request, and "
        "without one.",
    .rationale = "It is what makes a code useless that was sent to another place by a manipulated request.",
    .remedy = "Keep redirect_uri with the code, and compare both as texts.",
    .source = "RFC 6749, section 4.1.3",
    .passing = R"(400 {"error": "invalid_grant"})",
    .failing = "200 with a token",
});

}  // namespace plugvet::checks
