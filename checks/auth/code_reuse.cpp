#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_code_reuse(const SignIn& sign_in) {
  const Attempt* any = sign_in.attempt("code/unknown");
  if (any && is_granted(*any)) return Judgement::not_applicable("Any code is taken: auth/code-validity says so.");
  return judge_attempts(sign_in, attempts_of(sign_in, {"code/reused"}),
                        {is_granted, "The token endpoint hands out a token for", "400 invalid_grant"});
}

}  // namespace

extern constinit const Check auth_code_reuse = define_check<of_signed_in<judge_code_reuse>>({
    .id = "auth/code-reuse",
    .title = "A code is taken once",
    .requirement = "The token endpoint refuses a code that has been exchanged already.",
    .rationale =
        "Codes stand in addresses, and so in histories and logs. One that can be used again is a key that lies about.",
    .remedy = "Forget a code when it is exchanged; where it comes a second time, revoke what it was exchanged for.",
    .source = "RFC 6749, sections 4.1.2 and 10.5",
    .passing = R"(400 {"error": "invalid_grant"} the second time)",
    .failing = "200 with a token each time",
});

}  // namespace plugvet::checks
