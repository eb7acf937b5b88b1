#pragma once
#include <span>
#include <string_view>

namespace plugvet::cli {

inline constexpr std::string_view version = "0.1.0";  ///< as in CMakeLists.txt; a test holds them together

/// What a shell offers where a value is expected.
enum class Completes : unsigned char {
  nothing,
  file,
  folder_or_file,
  profile,
  check,
  severity,
  report,
  list_report,
  when,
  plugin,
  fault,
  shell,
};

/// One option. Help, completion, manual, docs/cli.md, the parser and plugvet.yaml are all made from this description.
struct Option {
  std::string_view name;   ///< "fail-on"; typed as --fail-on, written fail_on in plugvet.yaml
  std::string_view value;  ///< "NAME|FILE"; empty: a switch
  std::string_view about;  ///< what it does, sentences
  Completes completes = Completes::nothing;
  bool repeatable = false;
  char letter = 0;          ///< 'q' for -q
  std::string_view sample;  ///< its value in the plugvet.yaml of `plugvet init`; empty: not for that file
  bool may_be_empty = false;  ///< an empty value means something
};

struct Operand {
  std::string_view name;  ///< "SUBMISSION"
  std::string_view about;
  Completes completes = Completes::nothing;
  bool required = true;
  bool repeatable = false;
};

struct Example {
  std::string_view line;
  std::string_view about;
};

struct Command {
  std::string_view name;
  std::string_view summary;  ///< one line, begins with a verb
  std::string_view about;    ///< paragraphs, parted by an empty line
  std::span<const Operand> operands;
  std::span<const Option> options;
  std::span<const Example> examples;
};

struct ExitStatus {
  int status;
  std::string_view name;
  std::string_view about;
};

std::span<const Command> commands();
std::span<const ExitStatus> exit_statuses();

const Command* command_named(std::string_view name);
const Option* option_named(const Command& command, std::string_view name);

}  // namespace plugvet::cli
