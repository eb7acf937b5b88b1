#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_state_presence(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"state/missing"}),
                        {is_granted, "The authorization server issues a code although there is", "a refusal"});
}

}  // namespace

extern constinit const Check auth_state_presence = define_check<of_signed_in<judge_state_presence>>({
    .id = "auth/state-presence",
    .title = "A request without state is refused",
    .requirement = "The authorization endpoint refuses a request that has no state.",
    .rationale =
        "Without a state nobody can tell whose sign-in a code belongs to, so an attacker can have a victim use the "
        "attacker's account. A server that insists protects clients that forget it.",
    .remedy = "Answer such a request with invalid_request.",
    .source =
        "OpenAI, Plugin authentication (2023-09); RFC 9700, section 4.7; Salt Labs, Security flaws within the "
        "ChatGPT ecosystem",
    .passing = "error=invalid_request",
    .failing = "302 with a code, for a request without state",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
