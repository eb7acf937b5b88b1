#include "harness/cli/sign_in_prompt.h"

#include <fmt/format.h>
#include <unistd.h>

#include "harness/cli/console.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

constexpr std::int64_t seldom = 30;  // seconds between two lines where nothing can be overwritten

}  // namespace

void show_sign_in_address(const std::string& address, std::chrono::seconds left) {
  static std::string shown;
  const bool is_new = address != shown;
  if (is_new) {
    shown = address;
    say(fmt::format("sign in with a browser at {}", printable(address)));
  }
  const std::string line = fmt::format("plugvet: waiting for the browser, {}:{:02} left", left.count() / 60, left.count() % 60);
  if (is_capable_terminal(STDERR_FILENO))
    write_err(left.count() > 0 ? "\r" + line : "\n");
  else if (is_new || left.count() % seldom == 0)
    write_err(line + "\n");
}

}  // namespace plugvet::cli
