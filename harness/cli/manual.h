#pragma once
#include <string>

namespace plugvet::cli {

/// The manual page in roff.
std::string manual_roff();
/// The same in Markdown (docs/cli.md).
std::string manual_markdown();

}  // namespace plugvet::cli
