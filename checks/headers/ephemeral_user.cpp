#include "checks/header_calls.h"

namespace plugvet::checks {
namespace {

Judgement judge_ephemeral_user(const Enforcement& enforcement) {
  Judgement refused = judge_header_calls(enforcement, {"header/ephemeral-user", "header/other-ephemeral-user"});
  if (!refused.findings.empty() || !refused.not_applicable_because.empty()) return refused;
  if (enforcement.declaration.kind == AuthKind::none)
    return Judgement::not_applicable("The plugin has no accounts that could be mixed up.");
  // Two answers that have nothing to do with it say whether the same call has the same answer at all.
  if (!have_same_body(enforcement, "header/none", "header/conversation"))
    return Judgement::not_applicable("The same call is answered with something else each time.");
  if (have_same_body(enforcement, "header/ephemeral-user", "header/other-ephemeral-user")) return Judgement::pass();
  return Judgement::fail(header_finding(enforcement, "header/other-ephemeral-user",
                                        "With the same token, another openai-ephemeral-user-id shows other data.",
                                        "the same data", "other data"));
}

}  // namespace

extern constinit const Check headers_ephemeral_user = define_check<judge_ephemeral_user>({
    .id = "headers/ephemeral-user",
    .title = "The user of a day is nobody's account",
    .requirement =
        "With the same token a call is answered the same whatever openai-ephemeral-user-id says. Without authentication it "
        "is enough that the call is answered.",
    .rationale =
        "The id changes every night: what is kept by it is lost the next day. And everybody can send another's.",
    .remedy = "Keep what belongs to a user by the account that the token stands for.",
    .source = "OpenAI, Plugins in production (2023-09): request headers",
    .passing = "the same todos for both ids",
    .failing = "an empty list for an id that was not seen before",
});

}  // namespace plugvet::checks
