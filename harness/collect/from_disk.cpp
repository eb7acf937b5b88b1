#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "harness/collect/artefacts.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet {

namespace fs = std::filesystem;

namespace {

/// What lies before the last "/" of a path.
std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {};
  const std::size_t end = path.find_last_not_of('/', slash);
  return end == std::string::npos ? "/" : path.substr(0, end + 1);
}

}  // namespace

std::string folder_of(const Submission& submission) {
  if (submission.kind == SubmissionKind::folder) return submission.path;
  const std::string parent = parent_of(submission.path);
  // A manifest in its well-known place: the plugin is the folder above.
  if (parent == ".well-known" || parent.ends_with("/.well-known")) return parent + "/..";
  return parent.empty() ? "." : parent;
}

Folder::There Folder::what_is_at(const std::string& path) {
  for (const auto& [asked, there] : asked_)
    if (asked == path) return there;
  return asked_.emplace_back(path, look_at(path)).second;
}

Folder::There Folder::look_at(const std::string& path) {
  if (const std::size_t slash = path.rfind('/'); slash != std::string::npos && slash > 0) {
    const There parent = what_is_at(path.substr(0, slash));
    if (parent != There::folder) return parent;
  }
  struct stat status {};
  if (::lstat((path_ + '/' + path).c_str(), &status) != 0)
    return errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG ? There::nothing : There::other;
  return S_ISDIR(status.st_mode) ? There::folder : There::other;
}

namespace {

/// A URL's path is no promise about the folder: what is no file's name there is not looked for.
bool is_file_in(Folder& folder, const std::string& candidate) {
  const bool is_name = !candidate.empty() && candidate.front() != '/' && candidate.back() != '/';
  const bool climbs = ("/" + candidate + "/").find("/../") != std::string::npos;
  return is_name && !climbs && folder.what_is_at(candidate) == Folder::There::other;
}

/// Without "//", "/./" and "/../" where it has any.
std::string normalised(std::string path) {
  const bool is_normal = path.find("//") == std::string::npos && path.find("/.") == std::string::npos &&
                         (!path.starts_with('.') || path.starts_with(".well-known/"));
  return is_normal ? path : fs::path{path}.lexically_normal().string();
}

}  // namespace

Result<FileOnDisk> file_at(std::string path, Result<std::string> bytes) {
  if (bytes) return FileOnDisk{std::move(path), std::move(*bytes)};
  Problem problem = *bytes.problem();
  problem.what = printable(path) + ": " + problem.what;
  problem.where = std::move(path);
  return problem;
}

Result<FileOnDisk> file_of(const Submission& submission, std::size_t limit) {
  if (submission.content && submission.content->size() <= limit) return FileOnDisk{submission.path, *submission.content};
  return file_at(submission.path, read_file(submission.path, limit));
}

Collected<FileOnDisk> first_file(Folder& folder, const std::vector<std::string>& candidates, std::size_t limit) {
  for (const std::string& candidate : candidates) {
    if (folder.what_is_at(candidate) == Folder::There::nothing) continue;
    auto bytes = read_file_beneath(folder.path(), candidate, limit);
    if (!bytes && bytes.problem()->id == "file.missing") continue;
    return file_at((fs::path{folder.path()} / candidate).lexically_normal().string(), std::move(bytes));
  }
  return std::nullopt;
}

std::vector<std::string> paths_named_by(const std::string& url_or_path, Folder& folder, const Manifest& manifest) {
  std::string path = url_or_path.substr(0, url_or_path.find_first_of("?#"));
  if (const auto url = Url::parse(url_or_path)) path = url->path();
  path.erase(0, path.find_first_not_of('/'));
  path = normalised(std::move(path));
  const std::string name = path.substr(path.rfind('/') + 1);
  std::vector<std::string> paths{path, ".well-known/" + name};
  if (name != path) paths.insert(paths.begin() + 1, name);
  if (const std::string home = parent_of(manifest.location); home != folder.path()) {
    const fs::path beside = fs::path{home}.lexically_relative(fs::path{folder.path()}.lexically_normal());
    paths = {path, (beside / path).lexically_normal().string(), name, (beside / name).string(), ".well-known/" + name};
  }
  std::erase_if(paths, [&](const std::string& candidate) { return !is_file_in(folder, candidate); });
  return paths;
}

}  // namespace plugvet
