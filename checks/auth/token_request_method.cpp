#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_request_method(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"request/get"}),
                        {is_granted, "The token endpoint hands out a token for", "status 405"});
}

}  // namespace

extern constinit const Check auth_token_request_method = define_check<of_signed_in<judge_token_request_method>>({
    .id = "auth/token-request-method",
    .title = "Tokens are handed out for POST only",
    .requirement = "The token endpoint refuses GET.",
    .rationale = "In the query of a GET request code and client secret are written to every log on the way.",
    .remedy = "Answer GET with status 405.",
    .source = "RFC 6749, section 3.2",
    .passing = "405 for GET",
    .failing = "200 with a token for GET /token?client_secret=…",
});

}  // namespace plugvet::checks
