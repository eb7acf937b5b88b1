#pragma once
#include <chrono>
#include <cstddef>
#include <string>

#include "harness/cli/console.h"

namespace plugvet::cli {

/// One line on standard error that says what is going on. On a terminal it is overwritten and cleared at the end;
/// elsewhere (only with `always`) each change of what is going on is a line of its own.
class Progress {
 public:
  explicit Progress(When when);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  bool is_shown() const { return shown_; }
  /// "collecting acme.com … 3/12 submissions, 4.2 s"
  void show(const std::string& doing, std::size_t done, std::size_t total);
  void clear();

 private:
  bool shown_ = false, terminal_ = false, dirty_ = false;
  std::string last_doing_;
  std::size_t last_done_ = 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace plugvet::cli
