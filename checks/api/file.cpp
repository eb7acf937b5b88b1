#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement file(const Submission& submission, const Result<ApiDescription>& api) {
  if (!submission.is_on_disk()) return Judgement::not_applicable("The submission is a URL.");
  const Problem* problem = api.problem();
  if (!problem || problem->rung > Rung::file) return Judgement::pass();
  if (problem->blame != Blame::submission) return Judgement::blocked(problem->what);
  const std::string path = printable(shortened(problem->where, 200));
  return Judgement::fail({{Artefact::api, {}, {}},
                          "The OpenAPI document (" + path + ") cannot be read. " + printable(problem->what),
                          "a regular file in the submission",
                          path,
                          {}});
}

}  // namespace

extern constinit const Check api_file = define_check<file>({
    .id = "api/file",
    .title = "The submitted folder's OpenAPI document is a regular file",
    .requirement = "The OpenAPI document of a submission on disk is a regular file of readable size in the submitted "
                   "folder, not a folder, a device or a link.",
    .rationale = "Links lead elsewhere on the reader's machine, and are lost when the folder is packed. Without the "
                 "document nothing of the API can be reviewed.",
    .remedy = "Put a copy of the document itself into the folder.",
    .source = "plugvet, own judgement",
    .passing = "openapi.yaml, 13 KiB",
    .failing = "openapi.yaml -> ../shared/openapi.yaml",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
