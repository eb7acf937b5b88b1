#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_implicit_flow(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"response-type/token"}),
                        {is_granted, "The authorization server hands out a token for", "unsupported_response_type"});
}

}  // namespace

extern constinit const Check auth_implicit_flow = define_check<of_signed_in<judge_implicit_flow>>({
    .id = "auth/implicit-flow",
    .title = "Tokens are not handed out by the authorization endpoint",
    .requirement = "The authorization endpoint refuses response_type=token for the platform's client.",
    .rationale =
        "A token in a fragment is in histories and in reach of every script of the page. The platform never asks for "
        "it, so only an attacker would.",
    .remedy = "Allow the client the authorization code flow only.",
    .source = "RFC 9700, section 2.1.2",
    .passing = "error=unsupported_response_type",
    .failing = "302 …/callback#access_token=…",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
