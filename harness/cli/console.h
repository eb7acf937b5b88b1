#pragma once
#include <string>
#include <string_view>

#include "harness/support/result.h"

namespace plugvet::cli {

enum class When : unsigned char { automatic, always, never };

/// Writes all of it to standard output; the problem (Blame::user) says why that failed: a closed pipe, a full disk.
Result<std::size_t> write_out(std::string_view text);
/// Writes to standard error, as well as it can.
void write_err(std::string_view text);
/// "plugvet: <sentence>" on standard error, as one line.
void say(std::string_view sentence);

/// Reads standard input to its end, at most `limit` bytes.
Result<std::string> read_in(std::size_t limit);

/// A terminal that understands more than plain text.
bool is_capable_terminal(int descriptor);
/// auto: colours on a capable terminal, unless NO_COLOR is set.
bool wants_color(When when);

/// No core dumps (they would hold what was fetched), no end by SIGPIPE, and the three standard descriptors taken, so
/// that no file that is opened later becomes standard output.
void prepare_process();

/// What to say when this process may not have the memory that it needs whatever it does; else "".
std::string lack_of_memory();

}  // namespace plugvet::cli
