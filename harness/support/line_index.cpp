#include "harness/support/line_index.h"

#include <algorithm>

namespace plugvet {
namespace {

constexpr std::size_t stride = 4096;

/// The position after the bytes [from, to), of which the first has the given position.
Position advanced(Position position, std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    const char c = text[i];
    const bool ends_line = c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (ends_line) {
      ++position.line;
      position.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
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

}  // namespace plugvet
