#include "checks/placeholders.h"

#include <algorithm>
#include <array>

#include "checks/expression.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

/// The first match of a pattern.
std::string matched(std::string_view text, const Expression& pattern) {
  return std::string(pattern.find(text).value_or(std::string_view{}));
}

std::string template_variable_in(std::string_view text) {
  static const Expression pattern{R"(\$?\{\{[^{}]{1,80}\}\}|\$\{[A-Za-z_][A-Za-z0-9_.]*\}|<%[^%]{0,80}%>)"};
  // Long texts rarely have any of these, and looking for a byte is quick.
  return has_any_of(text, "{%") ? matched(text, pattern) : std::string();
}

// Leftovers of OpenAI's samples and documents that mean nothing in any text.
const Expression& sample_text() {
  static const Expression pattern{R"(PLUGIN_HOSTNAME|(?i:replace_this_string\w*)|(?i:replace[_-]me\b)|(?i:lorem ipsum))"};
  return pattern;
}

const Expression& fill_in() {
  static const Expression pattern{
      R"(\bYOUR_[A-Z_]+|[<\[](?i:your|insert|enter|replace|company name|plugin name|app name)\b[^>\]<\[]{0,60}[>\]])"};
  return pattern;
}

std::string fill_in_of(std::string_view text) {
  return has_any_of(text, "<[") || text.find("YOUR_") != std::string_view::npos ? matched(text, fill_in()) : std::string();
}

// "your-domain.com" is nobody's; "your company" is English, so this concerns addresses only.
const Expression& address_fill_in() {
  static const Expression pattern{
      R"((?i)your[-_]?(?:domain|company|website|site|server|host(?:name)?|plugin|email|url|app[-_]?url|api[-_]?url)\b)"
      R"(|\bdummy@)"};
  return pattern;
}

const Expression& shouted() {
  static const Expression pattern{R"([A-Z]+[ _][A-Z _]*HERE\b)"};
  return pattern;
}

std::string_view host_of_address(std::string_view text) {
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/?#"));
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
  return text.substr(0, text.find(':'));
}

std::string placeholder_in_address(std::string_view text) {
  if (std::string found = fill_in_of(text); !found.empty()) return found;
  if (std::string found = matched(text, address_fill_in()); !found.empty()) return found;
  if (text.find("HERE") != std::string_view::npos)
    if (std::string found = matched(text, shouted()); !found.empty()) return found;
  const std::string_view host = host_of_address(text);
  return is_example_host(to_lower_ascii(host)) ? std::string(host) : std::string();
}

bool is_stub(std::string_view text) {
  static constexpr std::array<std::string_view, 6> stubs{"TODO", "TBD", "FIXME", "XXX", "string", "placeholder"};
  return std::ranges::find(stubs, trimmed(text)) != stubs.end();
}

}  // namespace

bool has_template_variable(std::string_view text) {
  return !template_variable_in(text).empty();
}

bool is_example_host(std::string_view host) {
  static constexpr std::array<std::string_view, 6> reserved{"example.com", "example.net", "example.org",
                                                            "example",     "invalid",     "test"};
  return std::ranges::any_of(reserved, [&](std::string_view name) { return is_same_or_subdomain(host, name); });
}

std::string placeholder_in(std::string_view text, TextRole role) {
  if (std::string found = matched(text, sample_text()); !found.empty()) return found;
  if (role == TextRole::prompt) return {};
  if (std::string found = template_variable_in(text); !found.empty()) return found;
  if (role == TextRole::address) {
    if (std::string found = placeholder_in_address(text); !found.empty()) return found;
  } else if (std::string found = fill_in_of(text); !found.empty()) {
    return found;
  }
  return role != TextRole::name && is_stub(text) ? std::string(trimmed(text)) : std::string();
}

bool is_relative_reference(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon > text.find_first_of("/?#")) return true;
  const std::string_view scheme = text.substr(0, colon);
  if (scheme.find_first_of(".@") != std::string_view::npos || text.substr(colon).starts_with("://") == false) {
    // "localhost:5003/…" and "api.acme.com:443/…" are hosts with a port; "data:…" and "mailto:…" are schemes.
    const bool is_port = colon + 1 < text.size() && text[colon + 1] >= '0' && text[colon + 1] <= '9';
    return is_port;
  }
  return false;
}

bool is_resolvable_reference(std::string_view text) {
  return !is_blank(text) && text.substr(0, text.find_first_of("/?#")).find(':') == std::string_view::npos;
}

}  // namespace plugvet::checks
