#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_refresh_scope(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"refresh/wider-scope"}),
                        {is_granted, "The token endpoint hands out a token for", "400 invalid_scope"});
}

}  // namespace

extern constinit const Check auth_refresh_scope = define_check<of_signed_in<judge_refresh_scope>>({
    .id = "auth/refresh-scope",
    .title = "A refresh grants no more than the user agreed to",
    .requirement = "The token endpoint refuses a refresh for a scope that was not granted.",
    .rationale = "Otherwise an agreement to read becomes one to write, without the user.",
    .remedy = "Answer invalid_scope.",
    .source = "RFC 6749, section 6",
    .passing = R"(400 {"error": "invalid_scope"})",
    .failing = "200 with a token",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
