#pragma once
#include "harness/cli/arguments.h"
#include "harness/cli/cli.h"

namespace plugvet::cli {

// One function per command. A mistake of the user's comes back as a problem; `run` says it and exits with 2.

Result<Exit> review_command(Arguments arguments, const Parts& parts);
Result<Exit> describe_command(Arguments arguments, const Parts& parts);
Result<Exit> render_command(const Arguments& arguments, const Parts& parts);
Result<Exit> list_command(const Arguments& arguments, const Parts& parts);
Result<Exit> explain_command(const Arguments& arguments, const Parts& parts);
Result<Exit> serve_fixture_command(const Arguments& arguments, const Parts& parts);
Result<Exit> init_command(const Arguments& arguments, const Parts& parts);
Result<Exit> completion_command(const Arguments& arguments, const Parts& parts);
Result<Exit> man_command(const Arguments& arguments, const Parts& parts);

/// Writes to standard output: approved, or the problem why that failed.
Result<Exit> printed(std::string_view text);

}  // namespace plugvet::cli
