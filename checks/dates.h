#pragma once
#include <chrono>
#include <string>
#include <vector>

namespace plugvet::checks {

/// The dates that a folded text names, of 1990 to 2100: 2026-03-01, 1.3.2026, 3/1/2026, 1 March 2026, March 2026,
/// 2026年3月1日. A date without a day is the last of its month. Of 3/4/2026 the first number is the day.
std::vector<std::chrono::sys_days> dates_in(const std::string& folded_text);

}  // namespace plugvet::checks
