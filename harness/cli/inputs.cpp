#include "harness/cli/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/collect/collect.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

namespace fs = std::filesystem;

/// Absolute and without links, also of what does not exist: that would stay relative, and a link to it a link.
fs::path resolved(fs::path path) {
  constexpr int longest_chain = 40;  // of links, as the kernel has it
  std::error_code error;
  for (int i = 0; i < longest_chain && fs::is_symlink(path, error) && !fs::exists(path, error); ++i)
    path = path.parent_path() / fs::read_symlink(path, error);
  const fs::path target = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? path : target;
}

/// Where an artefact lies, also one that could not be read.
template <class T>
void add_place(const Collected<T>& collected, const Submission& submission, std::string_view noun,
               std::vector<Input>& inputs) {
  if (!collected) return;
  const std::string& place = *collected ? (*collected)->location : collected->problem()->where;
  if (!place.empty()) inputs.push_back({place, fmt::format("{} of the submission {}", noun, submission.source)});
}

}  // namespace

bool is_same_file(const fs::path& a, const fs::path& b) {
  if (is_stream(a) || is_stream(b)) return false;
  std::error_code error;
  return fs::equivalent(a, b, error) || resolved(a) == resolved(b);
}

std::optional<Problem> why_input_is_lost(const fs::path& path, std::string_view where, std::span<const Input> inputs) {
  const auto lost = std::ranges::find_if(inputs, [&](const Input& input) { return is_same_file(path, input.path); });
  if (lost == inputs.end()) return std::nullopt;
  return usage_problem(
      fmt::format("{}: {} is {}; it would be replaced.", where, printable(path.native()), printable(lost->what)));
}

std::vector<Input> files_read_of(const Submission& submission, std::span<const Plan> plans) {
  // Without a manifest to judge, the one that is there still says where the API description lies.
  std::set<ManifestKind> kinds{ManifestKind::ai_plugin};
  for (const Plan& plan : plans) kinds.insert(plan.manifest);
  std::vector<Input> inputs;
  if (submission.kind != SubmissionKind::folder) inputs.push_back({submission.path, "the submission itself"});
  for (const ManifestKind kind : kinds) {
    const Evidence evidence =
        collect(submission, Needs{Needs::manifest} | Needs::api | Needs::logo, kind, nullptr, {.offline = true});
    add_place(evidence.manifest, submission, "the manifest", inputs);
    add_place(evidence.api, submission, "the OpenAPI document", inputs);
    if (evidence.api && *evidence.api)
      for (const ApiFile& file : (*evidence.api)->files)
        inputs.push_back({file.location, "a file that the OpenAPI document refers to"});
    add_place(evidence.logo, submission, "the logo", inputs);
  }
  return inputs;
}

bool lies_within(const fs::path& path, const Submission& submission) {
  std::error_code error;
  if (!submission.is_on_disk() || !fs::is_regular_file(path, error)) return false;
  fs::path folder = resolved(submission.path);
  if (submission.kind != SubmissionKind::folder) {
    folder = folder.parent_path();
    if (folder.filename() == ".well-known") folder = folder.parent_path();
  }
  const fs::path target = resolved(path);
  return std::mismatch(folder.begin(), folder.end(), target.begin(), target.end()).first == folder.end();
}

}  // namespace plugvet::cli
