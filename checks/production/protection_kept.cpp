#include "checks/changes.h"

namespace plugvet::checks {
namespace {

Judgement protection_kept(const Evidence& evidence, const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  static_cast<void>(manifest), static_cast<void>(api);  // are compared
  return judge_changes(evidence, [](const Change& change) { return change.kind == Change::Kind::protection; }, "as before");
}

}  // namespace

extern constinit const Check production_protection_kept = define_check<protection_kept>({
    .id = "production/protection-kept",
    .title = "Users are protected as when the plugin was approved",
    .requirement =
        "Compared with the earlier review that --baseline names, every operation that had to be confirmed each time still "
        "has to be, and every operation that asked for credentials still does. Without an earlier review this is not "
        "applicable.",
    .rationale =
        "A confirmation that is switched off after the review lets the model pay, send or delete unseen; an operation "
        "that asks for nobody's credentials any more answers everybody.",
    .remedy = "Ask as before, or have the plugin reviewed again.",
    .source = "OpenAI, GPT Actions: consequential flag; OpenAI, Plugins in production (2023-09): updating a plugin",
    .passing = "x-openai-isConsequential: true, as approved",
    .failing = "x-openai-isConsequential: false where it was true",
});

}  // namespace plugvet::checks
