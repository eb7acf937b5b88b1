#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_sign_in(const SignIn& sign_in) {
  if (!sign_in.broken || sign_in.broken_at == StepKind::token_request) return Judgement::pass();
  const Problem& problem = *sign_in.broken;
  // An endpoint that is not written down, or is no address, is auth/oauth-members' or manifest/url-shape's.
  if (problem.blame != Blame::submission || problem.id == "sign_in.endpoint") return Judgement::blocked(problem.what);
  // Where it leaves https is auth/encrypted-sign-in's.
  if (problem.id == "sign_in.plain_http") return Judgement::blocked(problem.what);
  const std::string step = "at the step " + in_quotes(name_of(sign_in.broken_at));
  return Judgement::fail({sign_in.declaration.where, "Nobody can sign in: " + printable(problem.what),
                          "a code at the platform's redirect_uri", "the sign-in ends " + step, problem.where});
}

}  // namespace

extern constinit const Check auth_sign_in = define_check<of_oauth<judge_sign_in>>({
    .id = "auth/sign-in",
    .title = "Users can sign in",
    .requirement =
        "client_url answers the platform's authorization request (response_type, client_id, scope, state, "
        "redirect_uri) with pages on which a user signs in and agrees, and then sends the browser back to "
        "redirect_uri with a code.",
    .rationale =
        "It is the way of every user into the plugin. Where it ends before the platform has a code the plugin cannot "
        "be used at all.",
    .remedy =
        "Follow the steps in the report to the one where it ends, and look there. Pages that work with scripts only "
        "are signed in at with --interactive.",
    .source = "RFC 6749, section 4.1; OpenAI, Plugin authentication (2023-09)",
    .passing = "302 Location: https://chat.openai.com/aip/plugin-…/oauth/callback?code=…&state=…",
    .failing = "client_url answers with status 404",
});

}  // namespace plugvet::checks
