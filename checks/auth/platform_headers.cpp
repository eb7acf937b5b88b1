#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_trusted(const GuardedOperation& operation, const AccessAttempt& attempt) {
  return !is_open(operation) && is_let_in(operation, attempt);
}

Judgement judge_platform_headers(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::forged_headers},
                                   is_trusted,
                                   "Everybody can send these headers.",
                                   "status 401 or 403"});
}

}  // namespace

extern constinit const Check auth_platform_headers = define_check<judge_platform_headers>({
    .id = "auth/platform-headers",
    .title = "The platform's headers let nobody in",
    .requirement = "A call with openai-* headers and the platform's user agent, and without a token, is refused.",
    .rationale = "These headers say for whom the platform asks; they prove nothing, and everybody can send them.",
    .remedy = "Ask for the token, whatever the other headers say.",
    .source = "OpenAI, Plugin authentication (2023-09); plugvet, own judgement",
    .passing = "401 for openai-ephemeral-user-id alone",
    .failing = "200 for openai-ephemeral-user-id alone",
});

}  // namespace plugvet::checks
