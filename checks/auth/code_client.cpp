#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_code_client(const SignIn& sign_in) {
  const Attempt* any = sign_in.attempt("code/unknown");
  if (any && is_granted(*any)) return Judgement::not_applicable("Any code is taken: auth/code-validity says so.");
  return judge_attempts(sign_in, attempts_of(sign_in, {"code/other-client"}),
                        {is_granted, "The token endpoint hands out a token for", "400 invalid_grant"});
}

}  // namespace

extern constinit const Check auth_code_client = define_check<of_signed_in<judge_code_client>>({
    .id = "auth/code-client",
    .title = "A code belongs to the client that asked for it",
    .requirement =
        "The token endpoint refuses a code that another client redeems. (The credentials need oauth.other_client for "
        "this.)",
    .rationale = "Otherwise any registered client can use codes that were meant for the platform.",
    .remedy = "Keep the client with the code, and compare it.",
    .source = "RFC 6749, section 4.1.3",
    .passing = R"(400 {"error": "invalid_grant"})",
    .failing = "200 with a token",
});

}  // namespace plugvet::checks
