#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_request_type(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"request/other-content-type"}),
                        {is_granted, "The token endpoint hands out a token for", "an error"});
}

}  // namespace

extern constinit const Check auth_token_request_type = define_check<of_signed_in<judge_token_request_type>>({
    .id = "auth/token-request-type",
    .title = "The token endpoint reads the declared content type",
    .requirement = "The token endpoint refuses a body of another content type than the manifest declares.",
    .rationale =
        "Guessing what a body is is how readers come to disagree about it. A form that is sent as text/plain can "
        "come from any web page.",
    .remedy = "Answer other content types with status 400 or 415.",
    .source = "OpenAI, Plugin authentication (2023-09); plugvet, own judgement",
    .passing = "400 for text/plain",
    .failing = "200 with a token for text/plain",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
