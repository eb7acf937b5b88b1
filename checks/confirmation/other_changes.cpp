#include "checks/trials.h"

namespace plugvet::checks {
namespace {

Judgement judge_other_changes(const Probing& probing, const Evidence& evidence) {
  return judge_trials(probing, evidence, TrialKind::other_payload, "the code of one change has made another.",
                      "No confirmation could be tried with another content.");
}

}  // namespace

extern constinit const Check confirmation_other_changes = define_check<judge_other_changes>({
    .id = "confirmation/other-changes",
    .title = "A confirmation is for one change only",
    .requirement =
        "The code of a preview is refused with any other content than that of the preview.",
    .rationale =
        "The user agreed to what the preview says. A text in the conversation could put something else in its place.",
    .remedy = "Keep with the code what it is for, and compare.",
    .source = "Rehberger, Plugin vulnerabilities (2023); OWASP Top 10 for LLM Applications, LLM07",
    .passing = R"(409 for the code of another change)",
    .failing = R"(201 for the code of another change)",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
