#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace plugvet::reports {

/// "2026-03-14T09:26:53.589Z", in UTC; a date alone is its midnight. Empty when it is neither.
std::optional<std::chrono::milliseconds> milliseconds_since_epoch(std::string_view iso);

/// "14 March 2026, 09:26 UTC"; the text itself when it is no date.
std::string date_and_time(std::string_view iso);
/// "14 March 2026"; the text itself when it is no date.
std::string date(std::string_view iso);
/// Whole days from one to the other; empty when one is no date.
std::optional<long> days_between(std::string_view from, std::string_view to);

/// "12 ms", "2.4 s", "1 min 5 s"
std::string duration(std::chrono::milliseconds time);

}  // namespace plugvet::reports
