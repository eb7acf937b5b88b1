#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_code_validity(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"code/unknown", "code/empty"}),
                        {is_granted, "The token endpoint hands out a token for", "400 invalid_grant"});
}

}  // namespace

extern constinit const Check auth_code_validity = define_check<of_signed_in<judge_code_validity>>({
    .id = "auth/code-validity",
    .title = "Only codes that were issued are taken",
    .requirement = "The token endpoint refuses a code that it never issued, and an empty one.",
    .rationale = "Otherwise nobody needs to sign in: whoever knows the client gets a token.",
    .remedy = "Look the code up, and answer invalid_grant where it is not found.",
    .source = "RFC 6749, sections 4.1.3 and 5.2",
    .passing = R"(400 {"error": "invalid_grant"})",
    .failing = "200 with a token for code=abc",
});

}  // namespace plugvet::checks
