#include "checks/changes.h"

namespace plugvet::checks {
namespace {

Judgement description_compatible(const Evidence& evidence, const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  static_cast<void>(manifest), static_cast<void>(api);  // are compared
  return judge_changes(
      evidence, [](const Change& change) { return change.artefact == Artefact::api && change.kind == Change::Kind::breaks; }, "as before");
}

}  // namespace

extern constinit const Check production_description_compatible = define_check<description_compatible>({
    .id = "production/description-compatible",
    .title = "The API description breaks nothing that was approved",
    .requirement =
        "Compared with the earlier review that --baseline names, no operation is gone, no argument is new and required, narrower or no "
        "longer taken, no value of an enum is gone, answers have what they had, and servers and credentials are the same. Without an "
        "earlier review this is not applicable.",
    .rationale =
        "The platform reads the description anew, so that what breaks, breaks at once for everybody; where it keeps a copy, that "
        "copy is wrong now.",
    .remedy = "Add a new operation and keep the old one, or have the plugin reviewed again.",
    .source = "OpenAI, Plugins in production (2023-09): updating a plugin; OpenAI, GPT Actions",
    .passing = "a new argument that may be left out",
    .failing = "a new required argument",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
