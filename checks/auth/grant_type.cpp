#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_grant_type(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"grant/missing", "grant/unknown"}),
                        {is_granted, "The token endpoint hands out a token for",
                         "400 unsupported_grant_type or invalid_request"});
}

}  // namespace

extern constinit const Check auth_grant_type = define_check<of_signed_in<judge_grant_type>>({
    .id = "auth/grant-type",
    .title = "The grant type is looked at",
    .requirement = "The token endpoint refuses a request without grant_type, and with one that does not exist.",
    .rationale =
        "What is not looked at cannot be told apart: a refresh is taken for a code, and a grant that is added later "
        "opens unseen doors.",
    .remedy = "Answer unsupported_grant_type, or invalid_request where it is missing.",
    .source = "RFC 6749, sections 4.1.3 and 5.2",
    .passing = R"(400 {"error": "unsupported_grant_type"})",
    .failing = "200 with a token",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
