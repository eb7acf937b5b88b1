#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace plugvet {

/// What a hostile submission would have achieved in a report of that format; empty when nothing.
std::vector<std::string> breaches(std::string_view format, std::string_view report);

}  // namespace plugvet
