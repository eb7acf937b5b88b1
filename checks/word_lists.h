#pragma once
#include <span>
#include <string>
#include <string_view>

#include "harness/support/document.h"
#include "harness/support/embedded.h"

namespace plugvet::checks {

// What texts are held against is data: checks/words/*.yaml, built into the program. A list of ours that cannot be read
// is a defect of ours: std::runtime_error naming file, line and column, which a test raises before any user can.

/// All lists, by file name.
std::span<const EmbeddedFile> word_lists();

/// The file checks/words/<name>.yaml, as JSON.
const EmbeddedFile& word_list_file(std::string_view name);
/// What it says.
Document word_list(std::string_view name);

/// Ends the reading of a list.
[[noreturn]] void refuse_word_list(const Problem& problem);

}  // namespace plugvet::checks
