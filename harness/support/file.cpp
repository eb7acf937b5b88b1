#include "harness/support/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "harness/support/text.h"

namespace plugvet {
namespace {

namespace fs = std::filesystem;

constexpr int reading = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;

/// An open file, closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

std::string reason(int error) {
  return std::generic_category().message(error);
}

Problem problem(std::string id, std::string what, const fs::path& path, Blame blame = Blame::submission) {
  return {.rung = Rung::file,
          .id = std::move(id),
          .what = std::move(what),
          .where = printable(path.native()),
          .position = {},
          .blame = blame};
}

Problem cannot_open(int error, const fs::path& path) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return problem("file.missing", "The file does not exist.", path);
    case ELOOP:
      return problem("file.link", "The file is a symbolic link, or lies behind one; links are not followed here.",
                     path);
    case EXDEV:
      return problem("file.outside", "The path leads out of the folder of the submission.", path);
    case ENXIO:
      return problem("file.not_regular", "This is a socket or a device, not a regular file.", path);
    default:
      return problem("file.unreadable", fmt::format("The file cannot be opened: {}.", reason(error)), path,
                     Blame::environment);
  }
}

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISLNK(mode)) return "a symbolic link";
  return "a device";
}

Problem too_large(const fs::path& path, std::size_t size, std::size_t limit) {
  const std::string has = size > limit ? bytes_text(size) : "more";
  return problem("file.too_large", fmt::format("The file has {}; at most {} are read.", has, bytes_text(limit)), path);
}

/// Reads at most `limit` bytes; the size is only a hint, since the file may grow or shrink while it is read.
Result<std::string> read_open_file(const Descriptor& file, const fs::path& path, std::size_t limit) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return cannot_open(errno, path);
  if (!S_ISREG(status.st_mode)) {
    return problem("file.not_regular", fmt::format("This is {}, not a regular file.", kind_of(status.st_mode)), path);
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > limit) return too_large(path, size, limit);
  std::string content(std::min(size, limit) + 1, '\0');
  std::size_t filled = 0;
  for (;;) {
    const ssize_t got = ::read(file.number(), content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return problem("file.unreadable", fmt::format("The file cannot be read: {}.", reason(errno)), path,
                     Blame::environment);
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > limit) return too_large(path, 0, limit);
    if (filled == content.size()) content.resize(std::min(content.size() * 2, limit + 1));
  }
  content.resize(filled);
  return content;
}

/// Opens component by component without following any link: what openat2 does, for kernels and sandboxes without it.
Descriptor open_step_by_step(Descriptor folder, const fs::path& relative) {
  std::vector<std::string> parts;
  for (const fs::path& part : relative) {
    if (!part.empty() && part != ".") parts.push_back(part.native());
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    const int flags = last ? reading | O_NOFOLLOW : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    Descriptor next{::openat(folder.number(), parts[i].c_str(), flags)};
    if (!next) {
      // A link instead of a folder is reported as "not a directory".
      const int error = errno;
      struct stat status {};
      const bool is_link =
          ::fstatat(folder.number(), parts[i].c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
      errno = is_link ? ELOOP : error;
      return Descriptor{-1};
    }
    folder = std::move(next);
  }
  return folder;
}

Descriptor open_beneath(Descriptor folder, const std::string& relative) {
  open_how how{};
  how.flags = reading;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  for (int attempt = 0; attempt < 16; ++attempt) {
    const long number = ::syscall(SYS_openat2, folder.number(), relative.c_str(), &how, sizeof how);
    if (number >= 0) return Descriptor{static_cast<int>(number)};
    if (errno == ENOSYS || errno == EPERM) return open_step_by_step(std::move(folder), relative);
    if (errno != EAGAIN && errno != EINTR) break;  // EAGAIN: something was renamed meanwhile
  }
  return Descriptor{-1};
}

bool stays_beneath(const fs::path& relative) {
  return !relative.empty() && relative.is_relative() &&
         std::none_of(relative.begin(), relative.end(), [](const fs::path& part) { return part == ".."; });
}

Problem cannot_write(int error, const fs::path& path) {
  return problem("file.unwritable", fmt::format("The file cannot be written: {}.", reason(error)), path, Blame::user);
}

bool write_all(const Descriptor& file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A pipe, a terminal, /dev/full, or standard output by its name: there is nothing to put a new file in place of.
Result<std::size_t> write_through(const fs::path& path, std::string_view content) {
  Descriptor file{::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY)};
  if (!file || !write_all(file, content) || ::close(file.release()) != 0) return cannot_write(errno, path);
  return content.size();
}

std::string random_suffix() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<std::uint64_t>(::getpid());
  return fmt::format(".{:016x}", number);
}

Result<std::size_t> replace_file(const fs::path& target, std::string_view content, const fs::path& shown,
                                 Readers readers) {
  const fs::path temporary =
      target.parent_path() / fmt::format(".{}{}", target.filename().native().substr(0, 200), random_suffix());
  const mode_t mode = readers == Readers::owner ? 0600 : 0644;
  Descriptor file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
  if (!file) return cannot_write(errno, shown);
  const bool written = write_all(file, content) && ::fsync(file.number()) == 0 && ::close(file.release()) == 0;
  if (written && ::rename(temporary.c_str(), target.c_str()) == 0) return content.size();
  const int error = errno;
  ::unlink(temporary.c_str());
  return cannot_write(error, shown);
}

}  // namespace

bool is_stream(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error) && !fs::is_regular_file(path, error);
}

Result<std::string> read_file(const fs::path& path, std::size_t limit, bool follow_links) {
  if (path.native().find('\0') != std::string::npos) return cannot_open(ENOENT, path);
  const Descriptor file{::open(path.c_str(), follow_links ? reading : reading | O_NOFOLLOW)};
  return file ? read_open_file(file, path, limit) : cannot_open(errno, path);
}

Result<std::string> read_file_beneath(const fs::path& folder, const std::string& relative, std::size_t limit) {
  const fs::path shown = folder / relative;
  if (!stays_beneath(relative)) return cannot_open(EXDEV, relative);
  if (relative.find('\0') != std::string::npos) return cannot_open(ENOENT, shown);
  Descriptor root{::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (!root) return cannot_open(errno, folder);
  const Descriptor file = open_beneath(std::move(root), relative);
  return file ? read_open_file(file, shown, limit) : cannot_open(errno, shown);
}

Result<std::size_t> write_file(const fs::path& path, std::string_view content, Readers readers) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return cannot_write(EISDIR, path);
  const bool is_device = path.native().starts_with("/dev/") || path.native().starts_with("/proc/");
  if (exists && (is_device || !S_ISREG(status.st_mode))) return write_through(path, content);
  // A link stays a link: the file it leads to is replaced.
  std::error_code error;
  const fs::path target = exists ? fs::canonical(path, error) : path;
  if (error) return cannot_write(error.value(), path);
  return replace_file(target, content, path, readers);
}

}  // namespace plugvet
