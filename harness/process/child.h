#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/result.h"

namespace plugvet {

/// What one child process may take. What exceeds it ends the child.
struct ChildLimits {
  std::chrono::milliseconds time{10'000};
  std::size_t output = 1u << 20;  ///< bytes on its standard output
};

/// How a child process ended, and what it wrote.
struct ChildEnd {
  enum class How : unsigned char { exited, signalled, out_of_time, too_much_output };
  How how = How::exited;
  int status = 0;      ///< the exit status, or the signal
  std::string output;  ///< of its standard output
  std::string errors;  ///< the last 2 KiB of its standard error
};

/// Runs `task` in a child process that has nothing open but standard input, output and error, and is in a process group
/// of its own, which is killed with all that it started when the child ends or a limit is reached. Standard input is
/// a file in memory. The child ends when `task` returns (status 0).
///
/// The child has only the thread that called: `task` may take no lock that another thread could hold (malloc's are
/// taken care of). The problem (Blame::environment) says what the system did not give.
Result<ChildEnd> run_in_child(std::string_view input, const ChildLimits& limits, const std::function<void()>& task);

/// A program: no shell, no search in PATH.
struct Program {
  std::filesystem::path file;
  std::vector<std::string> arguments;  ///< without the program's name
  std::filesystem::path folder;        ///< where it runs
};

/// Runs a program with an environment of PATH, HOME, TMPDIR, TZ, LANG and LC_…: whatever else plugvet was started with,
/// tokens above all, is none of its business. One that cannot be started exits with 127 and says why in `errors`.
Result<ChildEnd> run_program(const Program& program, std::string_view input, const ChildLimits& limits);

}  // namespace plugvet
