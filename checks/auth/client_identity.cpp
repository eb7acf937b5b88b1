#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_client_identity(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"client/unknown", "client/missing", "client/other-id"}),
                        {is_granted, "The authorization server goes on with", "a refusal"});
}

}  // namespace

extern constinit const Check auth_client_identity = define_check<of_signed_in<judge_client_identity>>({
    .id = "auth/client-identity",
    .title = "Only registered clients are served",
    .requirement =
        "The authorization endpoint refuses a client_id that is not registered and a request without one; the token "
        "endpoint refuses a client_id that does not belong to the secret.",
    .rationale =
        "The client is what the user agrees to and what redirect URIs belong to. Where it is not looked at, none of "
        "this means anything.",
    .remedy = "Look client_id up in both endpoints.",
    .source = "RFC 6749, sections 2.2, 3.1 and 4.1.2.1",
    .passing = "400 for client_id=unknown",
    .failing = "a login page and a code for client_id=unknown",
});

}  // namespace plugvet::checks
