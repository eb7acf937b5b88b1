#include "harness/cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

/// What is over sooner would only flicker.
constexpr std::chrono::milliseconds worth_showing{200};

/// Columns of the terminal, so that the line never wraps (a wrapped line could not be overwritten).
std::size_t columns() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

}  // namespace

Progress::Progress(When when) : terminal_{is_capable_terminal(STDERR_FILENO)} {
  shown_ = when == When::always || (when == When::automatic && terminal_);
}

Progress::~Progress() {
  clear();
}

void Progress::show(const std::string& doing, std::size_t done, std::size_t total) {
  if (!shown_) return;
  const bool changed = doing != last_doing_ || done != last_done_;
  if (!terminal_ && !changed) return;
  last_doing_ = doing;
  last_done_ = done;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin_;
  if (terminal_ && took < worth_showing) return;
  std::string tail = total == 1 ? fmt::format(" … {:.1f} s", took.count())
                                : fmt::format(" … {}/{} submissions, {:.1f} s", done, total, took.count());
  const std::size_t room = columns() - 1;
  const std::size_t tail_length = code_points(tail);
  const std::string head = shortened(printable(doing), room > tail_length ? room - tail_length : 1);
  write_err(terminal_ ? "\r\x1b[K" + head + tail : head + tail + "\n");
  dirty_ = terminal_;
}

void Progress::clear() {
  if (dirty_) write_err("\r\x1b[K");
  dirty_ = false;
}

}  // namespace plugvet::cli
