#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_lifetime_given(const SignIn& sign_in) {
  const TokenAnswer& answer = *sign_in.token;
  if (!answer.document || answer.document->find("/expires_in")) return Judgement::pass();
  return Judgement::fail(sign_in_finding(sign_in, "The token answer does not say when the token expires.",
                                         "expires_in", "no such member", &answer.exchange));
}

}  // namespace

extern constinit const Check auth_token_lifetime_given = define_check<of_signed_in<judge_token_lifetime_given>>({
    .id = "auth/token-lifetime-given",
    .title = "The token answer says when the token expires",
    .requirement = "The token answer has expires_in.",
    .rationale =
        "Without it the platform cannot renew a token in time: the user's next call fails, and tokens tend to live "
        "for ever.",
    .remedy = "Add expires_in, and hand out a refresh token with it.",
    .source = "RFC 6749, section 5.1 (recommended); OpenAI, Plugin authentication (2023-09)",
    .passing = R"("expires_in": 3600)",
    .failing = R"({"access_token": "…", "token_type": "bearer"})",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
