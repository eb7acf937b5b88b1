#pragma once
#include <string>
#include <string_view>

namespace plugvet::schema {

/// A regular expression of ECMA-262 (with the flag `u`, as JSON Schema asks) in the spelling that RE2 and PCRE2 read
/// alike.
struct EcmaPattern {
  std::string text;
  bool needs_backtracking = false;  ///< looks around or refers back, which RE2 cannot
  std::string error;                ///< why it is no regular expression of ECMA-262; empty: it is one
};

/// Also reads what ECMA-262 allows only without the flag `u` and everybody writes: `\-`, a lone `{`, `}` or `]`.
EcmaPattern translate_ecma_pattern(std::string_view source);

}  // namespace plugvet::schema
