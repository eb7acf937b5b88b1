#include "reports/shared/excerpt.h"

#include <algorithm>
#include <string>

#include "harness/support/text.h"

namespace plugvet::reports {
namespace {

constexpr std::size_t longest_line = 160;  // code points
constexpr std::size_t lead = 40;           // of them before the mark, where the line has to be cut there

/// How many bytes the value at the start of `text` has: a quoted string, or all up to the next punctuation.
std::size_t token_size(std::string_view text) {
  if (text.empty()) return 0;
  const char quote = text.front();
  if (quote != '"' && quote != '\'') return trimmed(text.substr(0, text.find_first_of(",]}#"))).size();
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return text.size();
}

/// The document writes the tabs that a line is indented with as \u{9}; its columns count them as one.
std::string with_tabs(std::string_view text) {
  static constexpr std::string_view escaped_tab = "\\u{9}";
  std::string tabs;
  while (text.starts_with(escaped_tab)) {
    tabs += '\t';
    text.remove_prefix(escaped_tab.size());
  }
  return tabs.append(text);
}

std::string shown_line(std::string_view text) {
  std::string spaces;
  for (const char c : text) c == '\t' ? spaces += "  " : spaces += c;
  return printable(spaces);
}

/// `text` up to `count` code points.
std::string cut(std::string_view text, std::size_t count) {
  return shown_line(shortened(text, count));
}

ShownLine marked_line(std::string_view text, int number, int column) {
  ShownLine line{number, {}, true, 0, 0};
  if (column < 1 || static_cast<std::size_t>(column) > code_points(text)) {  // not known, or cut off
    line.text = cut(text, longest_line);
    return line;
  }
  const std::string_view before = first_code_points(text, static_cast<std::size_t>(column) - 1);
  const std::string_view rest = text.substr(before.size());
  // What stands before the mark is cut in front, what follows it behind.
  std::string prefix;
  const std::size_t length = code_points(before);
  if (length > longest_line / 2) {
    prefix = "…" + shown_line(before.substr(first_code_points(before, length - lead).size()));
  } else {
    prefix = shown_line(before);
  }
  const std::string_view window = first_code_points(rest, longest_line - std::min(length, longest_line / 2));
  const std::size_t size = std::min(token_size(rest), window.size());
  const std::string token = shown_line(window.substr(0, size));
  line.mark_begin = prefix.size();
  line.mark_size = token.size();
  line.text = prefix + token + shown_line(window.substr(size)) + (window.size() < rest.size() ? "…" : "");
  return line;
}

}  // namespace

std::vector<ShownLine> marked_lines(const std::vector<std::string_view>& lines, int first_line, int line, int column) {
  std::vector<ShownLine> shown;
  int number = first_line;
  for (const std::string_view raw : lines) {
    const std::string text = with_tabs(raw);
    shown.push_back(number == line ? marked_line(text, number, column)
                                   : ShownLine{number, cut(text, longest_line), false, 0, 0});
    ++number;
  }
  return shown;
}

}  // namespace plugvet::reports
