#pragma once
#include <span>
#include <string>
#include <string_view>

#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {

/// "/api/url" as people write it: "api.url", "runtimes[0].spec.url".
std::string spoken(std::string_view pointer);

bool is_ascii_alphanumeric(char c);

/// The first of `words` that stands in the text as a word of its own, whatever its case: the part of the text. Empty: none.
std::string_view whole_word_in(std::string_view text, std::span<const std::string> words);

}  // namespace plugvet::checks
