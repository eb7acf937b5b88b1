#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_callback_hosts(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"callback/other-host"}),
                        {is_refused, "The authorization server does not know", "a code at that address"});
}

}  // namespace

extern constinit const Check auth_callback_hosts = define_check<of_signed_in<judge_callback_hosts>>({
    .id = "auth/callback-hosts",
    .title = "Both callback hosts of the platform are known",
    .requirement = "The authorization server takes the callback at chat.openai.com and the one at chatgpt.com.",
    .rationale =
        "The platform moved from the first to the second. A client that knows only one of them fails for the users "
        "of the other.",
    .remedy = "Register https://chat.openai.com/aip/…/oauth/callback and https://chatgpt.com/aip/…/oauth/callback.",
    .source = "OpenAI, GPT Action authentication; OpenAI, Plugin authentication (2023-09)",
    .passing = "redirect URIs: both",
    .failing = "redirect URIs: the one at chat.openai.com only",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
