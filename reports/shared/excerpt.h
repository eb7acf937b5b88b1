#pragma once
#include <string_view>
#include <vector>

#include "reports/shared/shown.h"

namespace plugvet::reports {

/// The lines of an excerpt, safe to show and cut to a window around what is marked. `column` counts code points from 1,
/// in `lines[line - first_line]`; 0 where it is not known.
std::vector<ShownLine> marked_lines(const std::vector<std::string_view>& lines, int first_line, int line, int column);

}  // namespace plugvet::reports
