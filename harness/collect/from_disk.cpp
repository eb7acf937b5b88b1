#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "harness/collect/artefacts.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet {

namespace fs = std::filesystem;

std::string folder_of(const Submission& submission) {
  if (submission.kind == SubmissionKind::folder) return submission.path;
  const fs::path parent = fs::path{submission.path}.parent_path();
  const fs::path folder = parent.empty() ? fs::path{"."} : parent;
  // A manifest in its well-known place: the plugin is the folder above.
  return folder.filename() == ".well-known" ? (folder / "..").string() : folder.string();
}

namespace {

enum class OnDisk : unsigned char { missing, folder, other };

/// A cheap question, because there are many places where a file may lie. A link on the way there is something, whatever
/// it leads to: who opens the file refuses it.
OnDisk what_is_at(const std::string& folder, const std::string& candidate) {
  struct stat status {};
  if (const std::size_t slash = candidate.rfind('/'); slash != std::string::npos && slash > 0) {
    const OnDisk parent = what_is_at(folder, candidate.substr(0, slash));
    if (parent != OnDisk::folder) return parent;
  }
  if (::lstat((folder + '/' + candidate).c_str(), &status) != 0)
    return errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG ? OnDisk::missing : OnDisk::other;
  return S_ISDIR(status.st_mode) ? OnDisk::folder : OnDisk::other;
}

/// A URL's path is no promise about the folder: what is no file's name there is not looked for.
bool is_file_in_folder(const std::string& folder, const std::string& candidate) {
  const bool is_name = !candidate.empty() && candidate.front() != '/' && candidate.back() != '/';
  const bool climbs = ("/" + candidate + "/").find("/../") != std::string::npos;
  return is_name && !climbs && what_is_at(folder, candidate) == OnDisk::other;
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

Collected<FileOnDisk> first_file(const std::string& folder, const std::vector<std::string>& candidates,
                                 std::size_t limit) {
  std::string absent;  // a folder that is not there is asked for once
  for (const std::string& candidate : candidates) {
    const std::size_t slash = candidate.rfind('/');
    const std::string parent = candidate.substr(0, slash == std::string::npos ? 0 : slash);
    if (!parent.empty() && (parent == absent || what_is_at(folder, parent) == OnDisk::missing)) {
      absent = parent;
      continue;
    }
    if (what_is_at(folder, candidate) == OnDisk::missing) continue;
    auto bytes = read_file_beneath(folder, candidate, limit);
    if (!bytes && bytes.problem()->id == "file.missing") continue;
    return file_at((fs::path{folder} / candidate).lexically_normal().string(), std::move(bytes));
  }
  return std::nullopt;
}

std::vector<std::string> paths_named_by(const std::string& url_or_path, const std::string& folder,
                                        const Manifest& manifest) {
  std::string path = url_or_path.substr(0, url_or_path.find_first_of("?#"));
  if (const auto url = Url::parse(url_or_path)) path = url->path();
  path.erase(0, path.find_first_not_of('/'));
  path = normalised(std::move(path));
  const std::string name = path.substr(path.rfind('/') + 1);
  std::vector<std::string> paths{path, ".well-known/" + name};
  if (name != path) paths.insert(paths.begin() + 1, name);
  const fs::path home = fs::path{manifest.location}.parent_path();
  if (home != folder) {
    const fs::path beside = home.lexically_relative(fs::path{folder}.lexically_normal());
    paths = {path, (beside / path).lexically_normal().string(), name, (beside / name).string(), ".well-known/" + name};
  }
  std::erase_if(paths, [&](const std::string& candidate) { return !is_file_in_folder(folder, candidate); });
  return paths;
}

}  // namespace plugvet
