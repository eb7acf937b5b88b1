#include "harness/cli/console.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include "harness/cli/arguments.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

/// 0, or errno.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

Result<std::size_t> write_out(std::string_view text) {
  if (const int error = write_all(STDOUT_FILENO, text))
    return usage_problem("standard output cannot be written: " + std::generic_category().message(error));
  return text.size();
}

void write_err(std::string_view text) {
  write_all(STDERR_FILENO, text);
}

void say(std::string_view sentence) {
  write_err("plugvet: " + printable(sentence) + "\n");
}

Result<std::string> read_in(std::size_t limit) {
  std::string content;
  char buffer[65536];
  for (;;) {
    const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return usage_problem("standard input cannot be read: " + std::generic_category().message(errno));
    if (got == 0) return content;
    content.append(buffer, static_cast<std::size_t>(got));
    if (content.size() > limit) return usage_problem("standard input has more than " + bytes_text(limit) + ".");
  }
}

bool is_capable_terminal(int descriptor) {
  return ::isatty(descriptor) == 1 && variable("TERM") != "dumb";
}

bool wants_color(When when) {
  if (when != When::automatic) return when == When::always;
  return is_capable_terminal(STDOUT_FILENO) && variable("NO_COLOR").empty();
}

void prepare_process() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    // The wrong way round on purpose: using it fails, and says so.
    const int taken = ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (taken > descriptor) ::close(taken);
  }
  std::signal(SIGPIPE, SIG_IGN);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

std::string lack_of_memory() {
  // With less the allocator itself breaks when a thread begins, and then nothing can be said any more.
  constexpr rlim_t least = rlim_t{192} << 20;
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur >= least) return {};
  return fmt::format("the address space is limited to {} MiB (ulimit -v), and plugvet needs {}",
                     limit.rlim_cur >> 20, least >> 20);
}

}  // namespace plugvet::cli
