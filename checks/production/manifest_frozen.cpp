#include "checks/changes.h"

namespace plugvet::checks {
namespace {

Judgement manifest_frozen(const Evidence& evidence, const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  static_cast<void>(manifest), static_cast<void>(api);  // are compared
  return judge_changes(
      evidence, [](const Change& change) { return change.artefact == Artefact::manifest; }, "as before");
}

}  // namespace

extern constinit const Check production_manifest_frozen = define_check<manifest_frozen>({
    .id = "production/manifest-frozen",
    .title = "The manifest is the one that was approved",
    .requirement =
        "No value of the manifest differs from the earlier review that --baseline names. Without one this is not applicable.",
    .rationale =
        "An approved manifest is frozen: when the installation is run again with another one, the plugin leaves the store and has to be "
        "submitted anew.",
    .remedy = "Submit the changed manifest, or change it back.",
    .source = "OpenAI, Plugins in production (2023-09): changing the manifest",
    .passing = "the manifest of the review that approved it",
    .failing = "another description_for_model",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
