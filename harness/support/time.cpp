#include "harness/support/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace plugvet {

using std::chrono::floor;
using std::chrono::year_month_day;

std::string date_text(year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string date_text(std::chrono::system_clock::time_point moment) {
  return date_text(year_month_day{floor<std::chrono::days>(moment)});
}

std::string timestamp_text(std::chrono::system_clock::time_point moment) {
  const auto day = floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss time{floor<std::chrono::milliseconds>(moment - day)};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", date_text(year_month_day{day}), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::optional<year_month_day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t count) -> std::optional<unsigned> {
    unsigned value = 0;
    const char* end = text.data() + from + count;
    const auto [rest, error] = std::from_chars(text.data() + from, end, value);
    if (error != std::errc{} || rest != end) return std::nullopt;
    return value;
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  const year_month_day date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                            std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  const std::size_t number_end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view unit = text.substr(number_end);
  const double milliseconds = unit == "ms" ? 1 : unit.empty() || unit == "s" ? 1000 : unit == "m" ? 60'000 : 0;
  constexpr double day = 86'400'000;
  double number = 0;
  const char* end = text.data() + number_end;
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  const double value = number * milliseconds;
  if (error != std::errc{} || rest != end || !std::isfinite(value) || value < 1 || value > day) return std::nullopt;
  return std::chrono::milliseconds{std::llround(value)};
}

}  // namespace plugvet
