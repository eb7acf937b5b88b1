#include "reports/shared/dates.h"

#include <fmt/format.h>

#include <array>

namespace plugvet::reports {
namespace {

using std::chrono::milliseconds;

/// The number at `offset`, `digits` long; -1 when it is none.
int digits(std::string_view text, std::size_t offset, std::size_t count) {
  if (text.size() < offset + count) return -1;
  int value = 0;
  for (const char c : text.substr(offset, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::chrono::year_month_day> day(std::string_view iso) {
  const int y = digits(iso, 0, 4), m = digits(iso, 5, 2), d = digits(iso, 8, 2);
  if (y < 0 || m < 0 || d < 0 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                                         std::chrono::day{static_cast<unsigned>(d)}};
  return date.ok() ? std::optional{date} : std::nullopt;
}

std::string day_text(std::chrono::year_month_day date) {
  static constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                              "May",       "June",     "July",     "August",
                                                              "September", "October",  "November", "December"};
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()));
}

/// Milliseconds of ".589", ".5", ".589793".
int fraction(std::string_view text) {
  int value = 0, weight = 100;
  for (const char c : text) {
    if (c < '0' || c > '9') break;
    value += (c - '0') * weight;
    weight /= 10;
  }
  return value;
}

}  // namespace

std::optional<milliseconds> milliseconds_since_epoch(std::string_view iso) {
  const auto date = day(iso);
  if (!date) return std::nullopt;
  const milliseconds midnight = std::chrono::sys_days{*date}.time_since_epoch();
  if (iso.size() == 10) return midnight;
  const int h = digits(iso, 11, 2), m = digits(iso, 14, 2), s = digits(iso, 17, 2);
  if (h < 0 || m < 0 || s < 0) return std::nullopt;
  const int ms = iso.size() > 20 && iso[19] == '.' ? fraction(iso.substr(20)) : 0;
  return midnight + std::chrono::hours{h} + std::chrono::minutes{m} + std::chrono::seconds{s} + milliseconds{ms};
}

std::string date(std::string_view iso) {
  const auto known = day(iso);
  return known ? day_text(*known) : std::string{iso};
}

std::string date_and_time(std::string_view iso) {
  const auto known = day(iso);
  const int h = digits(iso, 11, 2), m = digits(iso, 14, 2);
  if (!known || h < 0 || m < 0) return date(iso);
  return fmt::format("{}, {:02}:{:02} UTC", day_text(*known), h, m);
}

std::optional<long> days_between(std::string_view from, std::string_view to) {
  const auto a = milliseconds_since_epoch(from), b = milliseconds_since_epoch(to);
  if (!a || !b) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::days>(*b - *a).count();
}

std::string duration(milliseconds time) {
  const auto ms = time.count();
  if (ms < 1000) return fmt::format("{} ms", ms);
  if (ms < 60'000) return fmt::format("{:.1f} s", static_cast<double>(ms) / 1000);
  return fmt::format("{} min {} s", ms / 60'000, ms % 60'000 / 1000);
}

}  // namespace plugvet::reports
