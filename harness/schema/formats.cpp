#include "harness/schema/formats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "harness/schema/ecma_pattern.h"
#include "harness/schema/value.h"
#include "harness/support/characters.h"

namespace plugvet::schema {
namespace {

bool is_uuid(std::string_view text) {
  constexpr std::string_view shape = "00000000-0000-0000-0000-000000000000";
  return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char model) {
           return model == '-' ? c == '-' : is_hex_digit(c);
         });
}

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text[0] != '/') return false;
  for (std::size_t at = 0; (at = text.find('~', at)) != std::string_view::npos; ++at) {
    if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  }
  return true;
}

/// "2/a", "0#", and the later "1+1/a" or "1-1".
bool is_relative_json_pointer(std::string_view text) {
  const auto skip_number = [&](bool may_be_zero) {
    const auto size = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    if (size == 0 || (text[0] == '0' && (size > 1 || !may_be_zero))) return false;
    text.remove_prefix(size);
    return true;
  };
  if (!skip_number(true)) return false;
  if (text.starts_with('+') || text.starts_with('-')) {
    text.remove_prefix(1);
    if (!skip_number(false)) return false;
  }
  return text == "#" || is_json_pointer(text);
}

bool is_regex(std::string_view text) {
  return translate_ecma_pattern(text).error.empty();
}

template <class Integer>
bool is_integer_of(const Json& value) {
  const long double number = number_in(value);
  return is_integral(value) && number >= static_cast<long double>(std::numeric_limits<Integer>::min()) &&
         number <= static_cast<long double>(std::numeric_limits<Integer>::max());
}

bool is_float(const Json& value) {
  return std::fabs(number_in(value)) <= static_cast<long double>(std::numeric_limits<float>::max());
}

bool is_double(const Json& value) {
  return std::isfinite(number_in(value));
}

constexpr std::array formats = std::to_array<Format>({
    {"date-time", is_date_time},
    {"date", is_date},
    {"time", is_time},
    {"duration", is_duration},
    {"uri", is_uri},
    {"uri-reference", is_uri_reference},
    {"uri-template", is_uri_template},
    {"iri", is_iri},
    {"iri-reference", is_iri_reference},
    {"email", is_email},
    {"idn-email", is_idn_email},
    {"hostname", is_hostname},
    {"idn-hostname", is_idn_hostname},
    {"ipv4", is_ipv4},
    {"ipv6", is_ipv6},
    {"uuid", is_uuid},
    {"json-pointer", is_json_pointer},
    {"relative-json-pointer", is_relative_json_pointer},
    {"regex", is_regex},
    {"byte", is_base64},
    {"int32", nullptr, is_integer_of<std::int32_t>},
    {"int64", nullptr, is_integer_of<std::int64_t>},
    {"float", nullptr, is_float},
    {"double", nullptr, is_double},
});

}  // namespace

const Format* find_format(std::string_view name) {
  const auto found = std::ranges::find(formats, name, &Format::name);
  return found == formats.end() ? nullptr : &*found;
}

bool is_base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; });
}

std::string base64_decoded(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<std::uint32_t>(alphabet.find(c));
    if ((count += 6) < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<char>(bits >> count & 0xFF));
  }
  return bytes;
}

}  // namespace plugvet::schema
