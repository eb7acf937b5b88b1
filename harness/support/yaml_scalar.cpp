#include "harness/support/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "harness/support/characters.h"
#include "harness/support/number.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::size_t take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count;
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_decimal(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t whole = take_digits(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (take_digits(text) == 0 && whole == 0) return false;
  } else if (whole == 0) {
    return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (take_digits(text) == 0) return false;
  }
  return text.empty();
}

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

/// 0o17 or 0x1F.
bool is_prefixed(std::string_view text, std::string_view prefix, int base) {
  if (!text.starts_with(prefix) || text.size() == prefix.size()) return false;
  return std::all_of(text.begin() + 2, text.end(), [&](char c) { return digit_value(c) < base; });
}

PlainScalar prefixed_number(std::string_view digits, int base) {
  std::uint64_t whole = 0;
  double rounded = 0;
  bool fits = true;
  for (const char c : digits) {
    const auto digit = static_cast<unsigned>(digit_value(c));
    fits = fits && whole <= (std::numeric_limits<std::uint64_t>::max() - digit) / static_cast<unsigned>(base);
    whole = whole * static_cast<unsigned>(base) + digit;
    rounded = rounded * base + digit;
  }
  if (fits) return {whole, true, true};
  return {std::min(rounded, std::numeric_limits<double>::max()), false, true};
}

constexpr std::array<std::string_view, 5> nulls = {"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> trues = {"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> falses = {"false", "False", "FALSE"};
constexpr std::array<std::string_view, 3> infinities = {".inf", ".Inf", ".INF"};
constexpr std::array<std::string_view, 3> nans = {".nan", ".NaN", ".NAN"};

}  // namespace

PlainScalar resolve_plain(std::string_view text) {
  if (is_one_of(text, nulls)) return {nullptr, true, true};
  if (is_one_of(text, trues)) return {true, true, true};
  if (is_one_of(text, falses)) return {false, true, true};
  if (is_prefixed(text, "0o", 8)) return prefixed_number(text.substr(2), 8);
  if (is_prefixed(text, "0x", 16)) return prefixed_number(text.substr(2), 16);
  if (is_decimal(text)) {
    const Number number = number_of(text.starts_with('+') ? text.substr(1) : text);
    return {number.value, number.in_range, true};
  }
  const std::string_view magnitude = text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
  const bool is_finite = !is_one_of(magnitude, infinities) && !is_one_of(text, nans);
  return {text, true, is_finite};
}

bool is_old_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 4> words = {"yes", "no", "on", "off"};
  return text.size() <= 3 && is_one_of(to_lower_ascii(text), words);
}

bool is_old_boolean_letter(std::string_view text) {
  return text == "y" || text == "n" || text == "Y" || text == "N";
}

}  // namespace plugvet
