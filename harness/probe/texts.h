#pragma once
#include <span>
#include <string>
#include <string_view>

#include "harness/support/random.h"

namespace plugvet {

/// Texts of a format of JSON Schema or OpenAPI, the plain one first; none where the format is not known.
std::span<const std::string_view> texts_of_format(std::string_view format);
/// Another one.
std::string random_text_of_format(std::string_view format, Random& random);

/// A text of so many characters: letters and digits, or with `is_wild` from all of Unicode.
std::string random_text(std::size_t length, bool is_wild, Random& random);

/// A careful server may refuse it though the description allows it: blank, or with control characters, or what is no
/// character at all.
bool is_odd_text(std::string_view text);

}  // namespace plugvet
