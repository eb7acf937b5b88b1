#include <algorithm>

#include "harness/schema/formats.h"
#include "harness/schema/uri.h"
#include "harness/support/characters.h"
#include "harness/support/utf8.h"

namespace plugvet::schema {
namespace {

enum class Alphabet : bool { ascii, unicode };

bool is_unreserved(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool is_sub_delimiter(char c) {
  return std::string_view{"!$&'()*+,;="}.find(c) != std::string_view::npos;
}

/// RFC 3987: the characters beyond ASCII that an IRI may have.
bool is_iri_character(char32_t c) {
  if (c >= 0xA0 && c <= 0xD7FF) return true;
  if (c >= 0xF900 && c <= 0xFDCF) return true;
  if (c >= 0xFDF0 && c <= 0xFFEF) return true;
  if (c < 0x10000 || c > 0xEFFFF || (c >= 0xE0000 && c < 0xE1000)) return false;
  return (c & 0xFFFF) <= 0xFFFD;
}
bool is_private(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD);
}

/// Unreserved characters, percent-encodings, sub-delimiters and `also`.
bool consists_of(std::string_view text, std::string_view also, Alphabet alphabet, bool private_too = false) {
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const DecodedCodePoint point = decode_utf8(text, i);
      const bool fits = is_iri_character(point.value) || (private_too && is_private(point.value));
      if (alphabet == Alphabet::ascii || !point.valid || !fits) return false;
      i += point.size;
    } else if (c == '%') {
      if (text.size() - i < 3 || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) return false;
      i += 3;
    } else {
      if (!is_unreserved(c) && !is_sub_delimiter(c) && also.find(c) == std::string_view::npos) return false;
      ++i;
    }
  }
  return true;
}

bool is_future_address(std::string_view text) {
  if (!text.starts_with('v') && !text.starts_with('V')) return false;
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot < 2 || dot + 1 == text.size()) return false;
  const std::string_view version = text.substr(1, dot - 1), rest = text.substr(dot + 1);
  return std::ranges::all_of(version, is_hex_digit) &&
         std::ranges::all_of(rest, [](char c) { return is_unreserved(c) || is_sub_delimiter(c) || c == ':'; });
}

bool is_authority(std::string_view text, Alphabet alphabet) {
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    if (!consists_of(text.substr(0, at), ":", alphabet)) return false;
    text.remove_prefix(at + 1);
  }
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
  if (bracket == std::string_view::npos) return false;
  const std::size_t colon = text.find(':', bracket);
  const std::string_view host = text.substr(0, colon);
  if (colon != std::string_view::npos && !std::ranges::all_of(text.substr(colon + 1), is_digit)) return false;
  if (!host.starts_with('[')) return consists_of(host, "", alphabet);
  if (!host.ends_with(']')) return false;
  const std::string_view address = host.substr(1, host.size() - 2);
  return is_ipv6(address) || is_future_address(address);
}

bool is_reference(std::string_view text, Alphabet alphabet, bool needs_scheme) {
  const UriParts parts = split_uri(text);
  if (needs_scheme && !parts.scheme) return false;
  if (parts.authority && !is_authority(*parts.authority, alphabet)) return false;
  if (!consists_of(parts.path, ":@/", alphabet)) return false;
  if (parts.query && !consists_of(*parts.query, ":@/?", alphabet, true)) return false;
  if (parts.fragment && !consists_of(*parts.fragment, ":@/?", alphabet)) return false;
  // "1:b" would be read as a scheme.
  const bool is_relative_path = !parts.scheme && !parts.authority;
  return !is_relative_path || parts.path.substr(0, parts.path.find('/')).find(':') == std::string_view::npos;
}

// --- RFC 6570 ------------------------------------------------------------------------------------------------------

bool is_template_name(std::string_view name) {
  bool after_dot = true;  // a name neither begins nor ends with a dot, nor has two in a row
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '.') {
      if (after_dot) return false;
      after_dot = true;
      continue;
    }
    if (c == '%') {
      if (name.size() - i < 3 || !is_hex_digit(name[i + 1]) || !is_hex_digit(name[i + 2])) return false;
      i += 2;
    } else if (!is_letter(c) && !is_digit(c) && c != '_') {
      return false;
    }
    after_dot = false;
  }
  return !after_dot;
}

bool is_template_variable(std::string_view text) {
  if (text.ends_with('*')) return is_template_name(text.substr(0, text.size() - 1));
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return is_template_name(text);
  const std::string_view length = text.substr(colon + 1);
  return !length.empty() && length.size() <= 4 && length[0] != '0' && std::ranges::all_of(length, is_digit) &&
         is_template_name(text.substr(0, colon));
}

bool is_template_expression(std::string_view text) {
  if (!text.empty() && std::string_view{"+#./;?&=,!@|"}.find(text[0]) != std::string_view::npos) text.remove_prefix(1);
  for (;;) {
    const std::size_t comma = text.find(',');
    if (!is_template_variable(text.substr(0, comma))) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

bool is_template_literal(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    if (!point.valid || point.value <= 0x20 || point.value == 0x7F) return false;
    if (point.value >= 0x80 ? !is_iri_character(point.value) && !is_private(point.value)
                            : std::string_view{"\"<>\\^`{|}"}.find(text[i]) != std::string_view::npos)
      return false;
    if (text[i] == '%' && (text.size() - i < 3 || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])))
      return false;
    i += point.size;
  }
  return true;
}

}  // namespace

bool is_uri(std::string_view text) {
  return is_reference(text, Alphabet::ascii, true);
}
bool is_uri_reference(std::string_view text) {
  return is_reference(text, Alphabet::ascii, false);
}
bool is_iri(std::string_view text) {
  return is_reference(text, Alphabet::unicode, true);
}
bool is_iri_reference(std::string_view text) {
  return is_reference(text, Alphabet::unicode, false);
}

bool is_uri_template(std::string_view text) {
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    if (!is_template_literal(text.substr(0, open))) return false;
    if (open == std::string_view::npos) return true;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos || !is_template_expression(text.substr(open + 1, close - open - 1)))
      return false;
    text.remove_prefix(close + 1);
  }
  return true;
}

}  // namespace plugvet::schema
