#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

#include "harness/support/json.h"

namespace plugvet {

/// A number of a document, and whether JSON readers can hold it.
struct Number {
  Json value;
  bool in_range = true;  ///< false: an integer of more than 64 bits (rounded), or beyond the largest double (clamped)
};

/// `text` is a decimal number with an optional minus, fraction and exponent.
Number number_of(std::string_view text);

}  // namespace plugvet
