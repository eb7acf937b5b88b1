// ctemplate knows no Markdown context, and a template without auto-escaping is a place where forgetting would be
// silent: so Markdown is written in code, and every text from outside goes through one of these.
#include "reports/shared/markdown_text.h"

#include <algorithm>

#include "harness/support/text.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

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

std::string with_entities(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const std::string_view named = entity(c);
    named.empty() ? out += c : out += named;
  }
  return out;
}

std::string with_backslashes(std::string_view text) {
  static constexpr std::string_view special = "\\`*_{}[]()#+!|~$^=";
  std::string out;
  for (const char c : text) {
    const std::string_view named = entity(c);
    if (special.find(c) != std::string_view::npos) out += '\\';
    named.empty() ? out += c : out += named;
  }
  return out;
}

/// What GitHub or GitLab make a link of, or tell somebody about: addresses, @team, #123, GH-123, !1, %1, ~label, $1.
/// The renderers do so with the text that remains when escapes are resolved, so that escaping does not help.
bool is_reference(std::string_view word) {
  const std::string lower = to_lower_ascii(word);
  if (lower.find("://") != std::string::npos || lower.find("www.") != std::string::npos) return true;
  if (lower.find("gh-") != std::string::npos || lower.find("mailto:") != std::string::npos) return true;
  for (std::size_t i = 0; i + 1 < word.size(); ++i) {
    if (std::string_view{"@#!%~$"}.find(word[i]) != std::string_view::npos && is_word(word[i + 1])) return true;
  }
  return false;
}

/// Each word as `plain` gives it, but references as code, which no renderer touches.
template <class Plain, class Code>
std::string by_words(std::string_view text, Plain plain, Code code) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    if (is_reference(word)) {
      const std::size_t begin = std::min(word.find_first_not_of("(\"'"), word.size());
      const std::size_t last = word.find_last_not_of(".,;:)\"'");
      const std::string_view inner = word.substr(begin, last + 1 - begin);
      out += plain(word.substr(0, begin)) + code(inner) + plain(word.substr(last + 1));
    } else {
      out += plain(word);
    }
    if (end < text.size()) out += ' ';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string markdown_html(std::string_view text) {
  const auto code = [](std::string_view word) { return "<code>" + with_entities(word) + "</code>"; };
  return by_words(without_log_commands(text), with_entities, code);
}

std::string markdown_text(std::string_view text) {
  return by_words(text, with_backslashes, markdown_code);
}

std::string markdown_cell(std::string_view text) {
  std::string out;
  for (const char c : markdown_text(text)) {
    // Within a table a pipe has to be escaped even in a code span, where nothing else can be.
    if (c == '|' && !out.ends_with('\\')) out += '\\';
    out += c;
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
