#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_response_type(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"response-type/missing"}),
                        {is_granted, "The authorization server issues a code for", "invalid_request"});
}

}  // namespace

extern constinit const Check auth_response_type = define_check<of_signed_in<judge_response_type>>({
    .id = "auth/response-type",
    .title = "A request without response_type is refused",
    .requirement = "The authorization endpoint answers a request without response_type with invalid_request.",
    .rationale = "A server that guesses what is wanted also guesses for requests that an attacker has made.",
    .remedy = "Refuse the request.",
    .source = "RFC 6749, section 3.1.1",
    .passing = "error=invalid_request",
    .failing = "302 with a code",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
