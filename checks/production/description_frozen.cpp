#include "checks/changes.h"

namespace plugvet::checks {
namespace {

Judgement description_frozen(const Evidence& evidence, const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  static_cast<void>(manifest), static_cast<void>(api);  // are compared
  return judge_changes(
      evidence,
      [](const Change& change) {
        return change.artefact == Artefact::api && (change.kind == Change::Kind::text || change.kind == Change::Kind::differs);
      },
      "as before");
}

}  // namespace

extern constinit const Check production_description_frozen = define_check<description_frozen>({
    .id = "production/description-frozen",
    .title = "What the API description says is what was approved",
    .requirement =
        "Compared with the earlier review that --baseline names, summaries and descriptions are the same, and nothing was added. "
        "Whether what is new is as good as what was approved only a person can judge. Without an earlier review this is not "
        "applicable.",
    .rationale =
        "The model reads these texts, and a reviewed plugin whose texts change is no longer the one that was reviewed.",
    .remedy = "Have the changes looked at.",
    .source = "OpenAI, Plugins in production (2023-09): updating a plugin",
    .passing = "the summaries of the review that approved it",
    .failing = "another summary of an operation",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
