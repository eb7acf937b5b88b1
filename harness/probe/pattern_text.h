#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "harness/support/random.h"

namespace plugvet {

/// A text that a regular expression of ECMA-262 most probably finds itself in; the schema has the last word.
/// Repetitions
/// go on while the text is shorter than `wanted` characters, as far as they may. Empty: the expression is broken, or
/// has
/// parts that nothing can be made for (look-around, references back).
std::optional<std::string> text_for_pattern(std::string_view pattern, std::size_t wanted, Random& random);

}  // namespace plugvet
