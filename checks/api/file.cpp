#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement file(const Submission& submission, const Result<ApiDescription>& api) {
  if (!submission.is_on_disk()) return Judgement::not_applicable("The submission is a URL.");
  const Problem* problem = api.problem();
  if (!problem || problem->rung > Rung::file) return Judgement::pass();
  // Without the manifest nobody knows where the document would lie.
  if (problem->blame != Blame::submission) return Judgement::blocked(problem->what);
  return Judgement::fail(
      {{Artefact::api, {}, {}}, printable(problem->what), "a readable file in the submission", "no such file", {}});
}

}  // namespace

extern constinit const Check api_file = define_check<file>({
    .id = "api/file",
    .title = "The submitted folder contains the OpenAPI document",
    .requirement =
        "In a submission on disk, the OpenAPI document that the manifest names lies in the same folder tree: a "
        "regular file, not a link that leads out of it.",
    .rationale = "Without the document nothing of the API can be reviewed.",
    .remedy = "Put the document beside the manifest under the name that api.url ends with, or review the plugin's URL.",
    .source = "plugvet, own judgement",
    .passing = "todo/.well-known/ai-plugin.json and todo/openapi.yaml",
    .failing = "todo/.well-known/ai-plugin.json alone",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
