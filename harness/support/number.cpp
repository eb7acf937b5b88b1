#include "harness/support/number.h"

#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

namespace plugvet {
namespace {

template <class T>
std::optional<T> converted(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

/// Whether a number that no double can hold is too large; otherwise it is too small, and zero is near enough.
bool is_huge(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t e = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, e);
  const std::string_view exponent = e == std::string_view::npos ? std::string_view{} : text.substr(e + 1);
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::int64_t magnitude = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  const bool negative = exponent.starts_with('-');
  const std::size_t digits = exponent.find_first_not_of("+-");
  const std::int64_t limit = std::numeric_limits<std::int32_t>::max();
  const std::int64_t size =
      digits == std::string_view::npos ? 0 : converted<std::int32_t>(exponent.substr(digits)).value_or(limit);
  return magnitude + (negative ? -size : size) > 0;
}

}  // namespace

Number number_of(std::string_view text) {
  const bool is_integer = text.find_first_of(".eE") == std::string_view::npos;
  if (is_integer && !text.starts_with('-')) {
    if (const auto value = converted<std::uint64_t>(text)) return {*value, true};
  } else if (is_integer) {
    if (const auto value = converted<std::int64_t>(text)) return {*value, true};
  }
  if (const auto value = converted<double>(text)) return {*value, !is_integer};
  const double limit = is_huge(text) ? std::numeric_limits<double>::max() : 0.0;
  return {text.starts_with('-') ? -limit : limit, limit == 0.0};
}

}  // namespace plugvet
