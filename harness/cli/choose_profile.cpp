#include "harness/cli/choose_profile.h"

#include "harness/model/evidence.h"
#include "harness/support/file.h"

namespace plugvet::cli {
namespace {

constexpr std::size_t largest_manifest = 1u << 20;

/// A manifest that cannot be read is reported by the review itself.
bool has_m365_manifest(const Submission& submission) {
  auto text = submission.kind == SubmissionKind::manifest
                  ? read_file(submission.path, largest_manifest)
                  : read_file_beneath(submission.path, "ai-plugin.json", largest_manifest);
  if (!text) return false;
  auto document = parse_json(std::move(*text), submission.path);
  if (!document || !document->find("/schema_version")) return false;
  Manifest manifest;
  manifest.document = std::move(*document);
  return manifest.format() == ManifestFormat::m365;
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
