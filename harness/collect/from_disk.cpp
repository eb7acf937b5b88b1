#include <algorithm>
#include <filesystem>

#include "harness/collect/artefacts.h"
#include "harness/support/file.h"

namespace plugvet {

namespace fs = std::filesystem;

std::string folder_of(const Submission& submission) {
  if (submission.kind == SubmissionKind::folder) return submission.path;
  const fs::path parent = fs::path{submission.path}.parent_path();
  const fs::path folder = parent.empty() ? fs::path{"."} : parent;
  // A manifest in its well-known place: the plugin is the folder above.
  return folder.filename() == ".well-known" ? (folder / "..").string() : folder.string();
}

Collected<FileOnDisk> first_file(const std::string& folder, const std::vector<std::string>& candidates,
                                 std::size_t limit) {
  for (const std::string& candidate : candidates) {
    auto bytes = read_file_beneath(folder, candidate, limit);
    if (!bytes && bytes.problem()->id == "file.missing") continue;
    const std::string path = (fs::path{folder} / candidate).lexically_normal().string();
    if (!bytes) return Result<FileOnDisk>{*bytes.problem()};
    return Result<FileOnDisk>{FileOnDisk{path, std::move(*bytes)}};
  }
  return std::nullopt;
}

std::vector<std::string> paths_named_by(const std::string& url_or_path) {
  std::string path = url_or_path;
  if (const auto url = Url::parse(url_or_path)) path = url->path();
  path = path.substr(0, path.find_first_of("?#"));
  const auto first = path.find_first_not_of("./");
  if (first == std::string::npos) return {};
  const bool hidden = first > 0 && path[first - 1] == '.';  // "/.well-known/…" keeps its dot
  path = path.substr(hidden ? first - 1 : first);
  std::vector<std::string> paths{path};
  const std::string name = fs::path{path}.filename().string();
  if (name != path) paths.push_back(name);
  paths.push_back(".well-known/" + name);
  return paths;
}

}  // namespace plugvet
