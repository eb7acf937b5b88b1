#pragma once
#include <string>

#include "harness/support/json.h"

namespace plugvet::reports {

/// Indented by 2, one trailing line feed, always valid UTF-8. What a terminal, an editor or a build log could take for
/// something else (control characters, bidi overrides, `##vso[`) is written as \u escapes: read back it is the same
/// value.
std::string json_text(const Json& value);

}  // namespace plugvet::reports
