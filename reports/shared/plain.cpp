#include "reports/shared/plain.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "harness/support/text.h"
#include "harness/support/utf8.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

constexpr std::size_t widest_excerpt = 100;  // columns

std::size_t columns(char32_t code) {
  const auto point = static_cast<UChar32>(code);
  const auto type = u_charType(point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return 0;
  const int width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

/// How many columns a terminal gives to the text.
std::size_t width(std::string_view text) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    sum += columns(point.value);
    i += point.size;
  }
  return sum;
}

/// As much of the text as fits into so many columns.
std::string_view fitting(std::string_view text, std::size_t room) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    used += columns(point.value);
    if (used > room) return text.substr(0, i);
    i += point.size;
  }
  return text;
}

void append_excerpt(PlainText& text, const ShownFinding& finding, Ink ink) {
  for (const ShownLine& line : finding.excerpt) {
    std::string shown{fitting(line.text, widest_excerpt)};
    if (shown.size() < line.text.size()) shown += "…";
    const std::string gutter = fmt::format("{:>5} |", line.number);
    text.line(1, text.paint(line.marked ? ink : Ink::faint, gutter) + (shown.empty() ? "" : " ") + shown);
    if (line.mark_size == 0 || line.mark_begin >= shown.size()) continue;
    const std::size_t before = width(std::string_view{shown}.substr(0, line.mark_begin));
    const std::size_t carets =
        std::max<std::size_t>(1, width(std::string_view{shown}.substr(line.mark_begin, line.mark_size)));
    text.line(1, text.paint(ink, "      |") + std::string(before + 1, ' ') + text.paint(ink, std::string(carets, '^')));
  }
}

}  // namespace

PlainText& PlainText::line(std::size_t indent, std::string_view painted) {
  text_.append(indent, ' ');
  text_ += without_log_commands(painted);
  text_ += '\n';
  return *this;
}

std::string PlainText::paint(Ink ink, std::string_view text) const {
  static constexpr std::string_view codes[] = {"0", "1", "2", "1;31", "1;33", "1;34", "1;32", "1;35"};
  if (!color_ || ink == Ink::plain || text.empty()) return std::string{text};
  return fmt::format("\x1b[{}m{}\x1b[0m", codes[static_cast<std::size_t>(ink)], text);
}

Ink ink_of(Severity severity) {
  return severity == Severity::error ? Ink::red : severity == Severity::warning ? Ink::yellow : Ink::blue;
}

void append_finding(PlainText& text, const ShownCheck& check, const ShownFinding& finding,
                    const FindingDetail& detail) {
  const Ink ink = check.for_reviewer ? Ink::violet : ink_of(check.severity);
  const std::string_view label = check.for_reviewer ? "judge" : word(check.severity);
  const std::string where =
      finding.line > 0 || finding.pointer.empty() ? place(finding) : place(finding) + " " + finding.pointer;
  text.line(0, fmt::format("{}  {}  {}", text.paint(ink, label), text.paint(Ink::strong, check.id),
                           text.paint(Ink::faint, where)));
  text.line(2, finding.message.empty() ? check.title : finding.message);
  if (detail.excerpt) append_excerpt(text, finding, ink);
  if (!finding.expected.empty()) text.line(2, text.paint(Ink::faint, "expected") + "  " + finding.expected);
  if (!finding.actual.empty()) text.line(2, text.paint(Ink::faint, "actual") + "    " + finding.actual);
  if (!finding.reproduction.empty()) text.line(2, text.paint(Ink::faint, "again") + "     " + finding.reproduction);
  if (finding.waiver) text.line(2, text.paint(Ink::faint, "waived") + "    " + *finding.waiver);
  if (detail.remedy && !check.remedy.empty()) text.line(2, text.paint(Ink::green, "fix") + "       " + check.remedy);
}

}  // namespace plugvet::reports
