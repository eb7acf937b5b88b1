#pragma once
#include <string>

#include "harness/cli/command_table.h"

namespace plugvet::cli {

/// "plugvet review [OPTIONS] SUBMISSION..."
std::string usage_line(const Command& command);
/// "-q, --quiet", "--fail-on SEVERITY"
std::string option_term(const Option& option);

std::string help_text();
std::string help_text(const Command& command);

}  // namespace plugvet::cli
