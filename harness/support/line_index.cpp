#include "harness/support/line_index.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t stride = 512;

bool ends_line(std::string_view text, std::size_t at) {
  return text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
}
bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

/// The position after the bytes [from, to), of which the first has the given position.
Position advanced(Position position, std::string_view text, std::size_t from, std::size_t to) {
  const std::string_view passed = text.substr(from, to - from);
  if (passed.find('\r') == std::string_view::npos) {  // line ends are looked for many bytes at a time
    std::size_t begin = 0;
    for (std::size_t end; (end = passed.find('\n', begin)) != std::string_view::npos; begin = end + 1)
      position = {position.line + 1, 1};
    position.column += static_cast<std::uint32_t>(std::ranges::count_if(passed.substr(begin), begins_character));
    return position;
  }
  for (std::size_t i = from; i < to; ++i) {
    if (ends_line(text, i)) {
      ++position.line;
      position.column = 1;
    } else if (begins_character(text[i])) {
      ++position.column;
    }
  }
  return position;
}

}  // namespace

LineIndex::LineIndex(std::string_view text, std::size_t begin) : begin_{begin} {
  Position position{1, 1};
  for (std::size_t from = begin; from <= text.size(); from += stride) {
    marks_.push_back(position);
    position = advanced(position, text, from, std::min(from + stride, text.size()));
  }
}

Position LineIndex::at(std::string_view text, std::size_t offset) const {
  if (marks_.empty()) return {1, 1};
  offset = std::clamp(offset, begin_, std::max(begin_, text.size()));
  const std::size_t mark = std::min((offset - begin_) / stride, marks_.size() - 1);
  return advanced(marks_[mark], text, begin_ + mark * stride, offset);
}

std::size_t LineIndex::offset_of(std::string_view text, Position position) const {
  const auto after = std::ranges::upper_bound(marks_, std::pair{position.line, position.column}, {}, [](Position mark) {
    return std::pair{mark.line, mark.column};
  });
  if (after == marks_.begin()) return std::string_view::npos;
  std::size_t at = begin_ + static_cast<std::size_t>(after - marks_.begin() - 1) * stride;
  Position here = *std::prev(after);
  while (here.line < position.line) {
    at = find_any_of(text, "\r\n", at);
    if (at == std::string_view::npos) return at;
    if (ends_line(text, at++)) here = {here.line + 1, 1};
  }
  for (; at < text.size(); ++at) {
    if (here.column >= position.column ? begins_character(text[at]) : ends_line(text, at)) return at;
    here.column += begins_character(text[at]);
  }
  return this->at(text, text.size()).line == position.line ? text.size() : std::string_view::npos;
}

}  // namespace plugvet
