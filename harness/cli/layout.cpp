#include "harness/cli/layout.h"

#include "harness/support/text.h"

namespace plugvet::cli {

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  const std::string margin(indent, ' ');
  std::string lines;
  std::size_t column = indent;
  bool at_begin = true;
  while (!text.empty()) {
    if (text.front() == '\n') {
      lines += '\n';
      text.remove_prefix(1);
      column = 0;
      at_begin = true;
      continue;
    }
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    const std::string_view word = text.substr(0, text.find_first_of(" \n"));
    text.remove_prefix(word.size());
    const std::size_t length = code_points(word);
    if (!at_begin && column + 1 + length > width) {
      lines += '\n';
      at_begin = true;
      column = 0;
    }
    if (at_begin && !lines.empty()) {
      lines += margin;
      column = indent;
    }
    if (!at_begin) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += length;
    at_begin = false;
  }
  return lines;
}

std::string table_row(std::string_view term, std::string_view about, std::size_t column, std::size_t width) {
  std::string row = "  " + std::string{term};
  const std::size_t length = code_points(row);
  if (length + 2 > column)
    row += "\n" + std::string(column, ' ');
  else
    row += std::string(column - length, ' ');
  return row + wrapped(about, column, width) + "\n";
}

}  // namespace plugvet::cli
