#pragma once
#include <string>
#include <string_view>

#include "reports/shared/shown.h"

namespace plugvet::reports {

enum class Ink : unsigned char { plain, strong, faint, red, yellow, blue, green, violet };

/// Lines of plain text. No line begins with text from outside, and the only escape sequences are our own colours.
class PlainText {
 public:
  explicit PlainText(bool color) : color_{color} {}

  /// `painted` is ours or has been painted here.
  PlainText& line(std::size_t indent, std::string_view painted);
  PlainText& line() { return text_ += '\n', *this; }
  std::string paint(Ink ink, std::string_view text) const;
  std::string take() { return std::move(text_); }

 private:
  bool color_;
  std::string text_;
};

struct FindingDetail {
  bool excerpt = true;
  bool remedy = true;
};

Ink ink_of(Severity severity);
/// "error  manifest/name-length  ai-plugin.json:3:21", and below it what was seen.
void append_finding(PlainText& text, const ShownCheck& check, const ShownFinding& finding, const FindingDetail& detail);

}  // namespace plugvet::reports
