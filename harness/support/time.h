#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace plugvet {

/// "2026-03-01"
std::string date_text(std::chrono::year_month_day day);
std::string date_text(std::chrono::system_clock::time_point moment);
/// RFC 3339 in UTC with milliseconds: "2026-03-01T12:00:00.000Z"
std::string timestamp_text(std::chrono::system_clock::time_point moment);
/// Reads "2026-03-01"; empty when it is no calendar date.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);
/// Reads "90", "90s", "500ms", "2m", "1.5s"; empty when it is none, less than a millisecond, or more than a day.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace plugvet
