#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

#include "harness/support/json.h"

namespace plugvet {

/// What a plain (unquoted) scalar of YAML 1.2 is by the core schema: null, a boolean, a number, or a string.
struct PlainScalar {
  Json value;
  bool in_range = true;   ///< false: a number that was rounded or clamped
  bool is_finite = true;  ///< false: .inf or .nan, which JSON cannot hold; the value is the text
};
PlainScalar resolve_plain(std::string_view text);

/// "yes", "No", "on", "OFF": strings in YAML 1.2, booleans for readers of YAML 1.1.
bool is_old_boolean(std::string_view text);
/// "y" and "N": booleans in the type repository of YAML 1.1, which most of its readers left out.
bool is_old_boolean_letter(std::string_view text);

}  // namespace plugvet
