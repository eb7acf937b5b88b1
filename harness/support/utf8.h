#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace plugvet {

/// One step through UTF-8: a code point and its length, or one byte that is not part of any (size 1, not valid).
struct DecodedCodePoint {
  char32_t value = 0;  ///< the byte itself when it is not valid
  std::size_t size = 1;
  bool valid = false;
};

/// Strict: no overlong forms, no surrogates, nothing above U+10FFFF. `offset` must be within the text.
DecodedCodePoint decode_utf8(std::string_view text, std::size_t offset);

/// Where the first invalid byte stands; npos when there is none.
std::size_t find_invalid_utf8(std::string_view bytes);

void append_utf8(std::string& text, char32_t code_point);

}  // namespace plugvet
