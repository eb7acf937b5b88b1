#include "checks/trials.h"

namespace plugvet::checks {
namespace {

Judgement judge_first_call(const Probing& probing, const Evidence& evidence) {
  return judge_trials(probing, evidence, TrialKind::first_call, "it has made the change without the confirmation.",
                      "No operation that can be confirmed was tried with what it changes read before and after.");
}

}  // namespace

extern constinit const Check confirmation_first_call = define_check<judge_first_call>({
    .id = "confirmation/first-call",
    .title = "Nothing changes before it is confirmed",
    .requirement =
        "A call that may have a confirmation and has none changes nothing that can be read afterwards.",
    .rationale =
        "The platform of plugins asks nobody: the API has to wait until the user has agreed to what the preview says.",
    .remedy = "Answer the first call with what would be done, and do it when the confirmation comes.",
    .source = "OpenAI, Plugin review (2023): every POST has a confirmation",
    .passing = R"(202 with a preview, and GET shows the same as before)",
    .failing = R"(202 with a preview, and GET shows the new object)",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
