#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/json.h"

namespace plugvet::cli_tests {

/// A folder of its own for each test, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  /// Writes a file, making its folders.
  void write(std::string_view name, std::string_view content) const;
  std::string read(std::string_view name) const;

 private:
  std::filesystem::path path_;
};

struct Ended {
  int status = 0;  ///< exit status; 128 + the signal that ended it; -1: it had to be killed
  std::string out, err;
  std::chrono::milliseconds took{};
  std::chrono::milliseconds computed{};  ///< the processor's time, which a busy machine does not lengthen
  long peak_kib = 0;  ///< the most memory that it, or a process that it waited for, had at one time

  std::size_t lines_of_err() const;
};

struct Setting {
  std::filesystem::path folder = "/tmp";
  std::map<std::string, std::string> environment = {};  ///< in addition
  std::string input = {};
  std::chrono::seconds limit{60};
  int interrupt_with = 0;  ///< a signal sent when `interrupt_after` is over
  std::chrono::milliseconds interrupt_after{500};
};

/// Runs the program of this build as a person would.
Ended run_plugvet(std::vector<std::string> words, const Setting& setting = {});
/// Any other program, by its path or its name in PATH; status 127: there is none.
Ended run(std::vector<std::string> words, const Setting& setting = {});
bool has_program(const std::string& name);
/// Says so and, where CTest runs this test in a process of its own, ends it as skipped. The test then returns.
void skip_because(const std::string& reason);

Json json_of(const std::string& text);

}  // namespace plugvet::cli_tests
