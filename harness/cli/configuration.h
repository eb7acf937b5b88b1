#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "harness/cli/arguments.h"

namespace plugvet::cli {

inline constexpr std::string_view default_config = "plugvet.yaml";
inline constexpr std::string_view default_waivers = "plugvet-waivers.yaml";

/// An option's name as a member of plugvet.yaml: "fail_on".
std::string member_name(const Option& option);

/// The file that an option names, else `usual` if there is one in the current folder; empty: none, or the option says
/// "none".
std::optional<Given> file_or_default(const Arguments& arguments, std::string_view option, std::string_view usual);

/// Adds to the arguments what the configuration file says and the command line does not: --config, else ./plugvet.yaml
/// if there is one. Problems (Blame::user) name line, column and the nearest member.
std::optional<Problem> add_configuration(const Command& command, Arguments& arguments);

}  // namespace plugvet::cli
