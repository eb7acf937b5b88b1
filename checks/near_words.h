#pragma once
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plugvet::checks {

/// Which of many phrases a text may have: each phrase has words of which a text must have one, and perhaps others of which
/// it must have one as well. A text costs one pass, however many phrases there are.
class NearWords {
 public:
  static constexpr std::size_t most_phrases = 256;
  using Numbers = std::bitset<most_phrases>;  ///< of phrases
  enum class Part : unsigned char { near, also_near };

  NearWords() : words_(slots) {}
  /// Words are of the letters a to z, or have other letters: those are looked for anywhere in a text.
  void add(std::size_t phrase, Part part, const std::vector<std::string>& words);

  /// The phrases whose words the text has. Long words may be taken for others: one phrase too many does no harm.
  Numbers in(std::string_view text) const;

 private:
  struct Word {
    std::uint64_t letters = 0;  ///< 0: the slot is free
    Numbers near, also_near;
  };
  struct OtherWord {
    std::string word;
    Part part;
    std::size_t phrase;
  };
  static constexpr std::size_t slots = 2048;  ///< a power of two, twice as many as there may be words

  std::size_t slot_of(std::uint64_t letters) const;

  std::vector<Word> words_;  ///< open addressing
  std::size_t word_count_ = 0;
  std::vector<OtherWord> others_;
  Numbers one_is_enough_ = Numbers{}.set();  ///< phrases without words of the second part
};

}  // namespace plugvet::checks
