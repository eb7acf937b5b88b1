#pragma once
#include <cstdint>

namespace plugvet {

/// A place in a text. Both count from 1; columns count Unicode code points. 0: unknown.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  explicit operator bool() const { return line != 0; }
  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace plugvet
