#pragma once
#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace plugvet::checks {

// Looking for a phrase at every character of a text takes longer than looking only where a word begins that the phrase may
// begin with. Both are told by their first three letters; letters are a to z, small or not.

/// The first letters of a word, as a number; of fewer than three the rest is 0.
using FirstLetters = std::uint16_t;

struct WordStart {
  std::size_t at = 0;
  FirstLetters letters = 0;
};
/// Every word of a text.
std::vector<WordStart> word_starts(std::string_view text);

/// The first letters of the words that a match may begin with.
using Openings = std::bitset<std::size_t{1} << 15>;
/// Empty where a match may begin with something else, or where the expression is not understood: \b, letters, groups and
/// alternatives are.
std::optional<Openings> openings_of(std::string_view expression);

}  // namespace plugvet::checks
