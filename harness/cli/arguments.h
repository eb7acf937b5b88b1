#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/command_table.h"
#include "harness/support/result.h"

namespace plugvet::cli {

/// A value that the user gave, and where: "--profile", or "plugvet.yaml:3:10: profile".
struct Given {
  std::string value;
  std::string where;
  bool was_found = false;  ///< in a file that the user did not name

  bool was_typed() const { return where.starts_with("--"); }
};

/// What was typed after the command's name, not yet understood.
struct Arguments {
  std::map<std::string, std::vector<Given>, std::less<>> options;  ///< by name, without dashes; a switch has "true"
  std::vector<std::string> operands;
  std::vector<std::string> remarks;  ///< what was read beside the command line
  bool help = false;

  bool has(std::string_view option) const;
  /// A switch: given, and not with =false.
  bool is_on(std::string_view option) const;
  const Given* one(std::string_view option) const;
  std::span<const Given> all(std::string_view option) const;
};

/// The problem (Blame::user) names the option and offers the nearest.
Result<Arguments> parse_arguments(const Command& command, std::span<const char* const> words);

/// A mistake of the user's, with a sentence for "plugvet: …".
Problem usage_problem(std::string what);
/// The sentence of a problem that something the user gave has led to: "--waivers w.yaml: the file does not exist."
Problem usage_problem(const Given& given, const Problem& problem);

}  // namespace plugvet::cli
