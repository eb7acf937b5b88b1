#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "harness/support/position.h"

namespace plugvet {

/// Turns byte offsets of a text into lines and columns. It remembers one position every few hundred bytes, so that neither
/// a text of one long line nor one of many short lines makes it large or slow. LF, CR and CRLF end a line.
class LineIndex {
 public:
  LineIndex() = default;
  /// `begin`: where line 1, column 1 is (after a byte order mark).
  explicit LineIndex(std::string_view text, std::size_t begin = 0);

  /// `text` is the one that the index was made of.
  Position at(std::string_view text, std::size_t offset) const;
  /// Where the character at `position` begins; where its line ends, when that is shorter; npos: there is no such line.
  std::size_t offset_of(std::string_view text, Position position) const;

 private:
  std::size_t begin_ = 0;
  std::vector<Position> marks_;
};

}  // namespace plugvet
