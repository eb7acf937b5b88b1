#include "checks/cause.h"
#include "harness/model/check.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement presence(const Result<Manifest>& manifest, const Submission& submission) {
  if (!submission.is_on_disk())
    return Judgement::not_applicable("The manifest is fetched; discovery/manifest-status says whether it is there.");
  const Problem* problem = manifest.problem();
  if (!problem || problem->rung != Rung::file) return Judgement::pass();
  if (problem->blame != Blame::submission) return Judgement::blocked(problem->what);
  return Judgement::fail(
      {{}, message_of(*problem), "a readable file ai-plugin.json", std::string(cause_of(*problem).seen), {}});
}

}  // namespace

extern constinit const Check manifest_presence = define_check<presence>({
    .id = "manifest/presence",
    .title = "The submission contains a manifest that can be read",
    .requirement =
        "A submission on disk contains its manifest: ai-plugin.json in the folder itself or in .well-known/, a "
        "regular file inside the submission.",
    .rationale =
        "The manifest names everything else: the API, the logo, the legal page. Without it there is nothing to "
        "review and nothing to install.",
    .remedy = "Put the manifest into the folder as a regular file, or hand in the path of the manifest itself.",
    .source = "OpenAI, Getting started (2023): every plugin requires an ai-plugin.json file",
    .passing = "my-plugin/.well-known/ai-plugin.json",
    .failing = "my-plugin/ with openapi.yaml only",
});

}  // namespace plugvet::checks
