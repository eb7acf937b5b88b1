#include "harness/cli/choose_profile.h"

#include "harness/collect/collect.h"

namespace plugvet::cli {
namespace {

/// A manifest that cannot be read is reported by the review itself.
bool has_m365_manifest(const Submission& submission) {
  const Evidence evidence = collect(submission, Needs::manifest, ManifestKind::m365, nullptr, {.offline = true});
  const Manifest* manifest = evidence.manifest ? evidence.manifest->value() : nullptr;
  return manifest && manifest->format() == ManifestFormat::m365;
}

}  // namespace

ChosenProfile choose_profile(const Submission& submission) {
  switch (submission.kind) {
    case SubmissionKind::openapi:
      return {"gpt-actions", "it is an OpenAPI document"};
    case SubmissionKind::url:
      if (submission.is_loopback()) return {"local", "it is a loopback address"};
      break;
    case SubmissionKind::folder:
    case SubmissionKind::manifest:
      if (has_m365_manifest(submission)) return {"m365-copilot-v2", "its manifest is Microsoft's"};
      break;
  }
  return {"openai-plugin-v1", ""};
}

}  // namespace plugvet::cli
