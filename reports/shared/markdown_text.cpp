// ctemplate knows no Markdown context, and a template without auto-escaping is a place where forgetting would be
// silent: so Markdown is written in code, and every text from outside goes through one of these four.
#include "reports/shared/markdown_text.h"

#include <algorithm>

#include "harness/support/text.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

constexpr std::string_view zero_width_space = "&#8203;";

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};
  }
}

/// Mentions (@team), references (#123, !123, GH-123, $1, %1, ~label) become text by an invisible space behind the sign.
bool starts_reference(std::string_view text, std::size_t i) {
  if (std::string_view{"@#!%~$"}.find(text[i]) != std::string_view::npos)
    return i + 1 < text.size() && is_word(text[i + 1]);
  return text[i] == '-' && i >= 2 && equal_ignoring_case_ascii(text.substr(i - 2, 2), "GH");
}

/// GitHub and GitLab make a link of what looks like an address.
bool starts_address(std::string_view text, std::size_t i) {
  if (text[i] == ':') return text.substr(i).starts_with("://");
  return text[i] == '.' && i >= 3 && equal_ignoring_case_ascii(text.substr(i - 3, 3), "www");
}

}  // namespace

std::string markdown_html(std::string_view raw) {
  const std::string text = without_log_commands(raw);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view named = entity(text[i]);
    named.empty() ? out += text[i] : out += named;
    if (starts_reference(text, i) || starts_address(text, i)) out += zero_width_space;
  }
  return out;
}

std::string markdown_text(std::string_view text) {
  static constexpr std::string_view special = "\\`*_{}[]()#+!|~$^=";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view named = entity(c);
    if (!named.empty()) {
      out += named;
    } else {
      if (special.find(c) != std::string_view::npos || starts_address(text, i)) out += '\\';
      out += c;
    }
    if (starts_reference(text, i)) out += zero_width_space;
  }
  return out;
}

std::string markdown_code(std::string_view raw) {
  const std::string text = without_log_commands(raw);
  if (text.empty()) return {};
  const std::string ticks(longest_run(text, '`') + 1, '`');
  const bool pad = text.front() == '`' || text.back() == '`' || text.front() == ' ' || text.back() == ' ';
  return ticks + (pad ? " " : "") + text + (pad ? " " : "") + ticks;
}

std::string markdown_block(std::string_view lines) {
  const std::string fence(std::max<std::size_t>(3, longest_run(lines, '`') + 1), '`');
  return fence + "text\n" + std::string{lines} + fence + "\n";
}

}  // namespace plugvet::reports
