#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_code_expiry(const SignIn& sign_in) {
  const Attempt* any = sign_in.attempt("code/unknown");
  if (any && is_granted(*any)) return Judgement::not_applicable("Any code is taken: auth/code-validity says so.");
  return judge_attempts(sign_in, attempts_of(sign_in, {"code/expired"}),
                        {is_granted, "The token endpoint hands out a token for", "400 invalid_grant"});
}

}  // namespace

extern constinit const Check auth_code_expiry = define_check<of_signed_in<judge_code_expiry>>({
    .id = "auth/code-expiry",
    .title = "A code expires",
    .requirement =
        "The token endpoint refuses a code after its time, ten minutes at most. (It is tried where "
        "oauth.code_lifetime in the credentials says that it is short.)",
    .rationale = "A code is exchanged within a second. What is left valid is there for whoever finds it.",
    .remedy = "Let codes expire after a minute or so.",
    .source = "RFC 6749, section 4.1.2",
    .passing = R"(400 {"error": "invalid_grant"} after a minute)",
    .failing = "200 with a token the next day",
});

}  // namespace plugvet::checks
