#include "checks/near_words.h"

#include <array>
#include <bit>
#include <stdexcept>

#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// 1 to 26 for a letter of a to z, small or not; 0 for anything else.
constexpr std::array<unsigned char, 256> letter_numbers = [] {
  std::array<unsigned char, 256> numbers{};
  for (unsigned i = 1; i <= 26; ++i) numbers['a' + i - 1] = numbers['A' + i - 1] = static_cast<unsigned char>(i);
  return numbers;
}();

constexpr unsigned char letter_number(char c) {
  return letter_numbers[static_cast<unsigned char>(c)];
}

/// A word so far and one more letter. Words of up to twelve letters are told apart.
constexpr std::uint64_t with_letter(std::uint64_t word, unsigned char number) {
  return std::rotl(word, 5) ^ number;
}

}  // namespace

std::size_t NearWords::slot_of(std::uint64_t letters) const {
  constexpr int free_bits = 64 - std::countr_zero(slots);
  std::size_t at = (letters * 0x9E3779B97F4A7C15u) >> free_bits;
  while (words_[at].letters != 0 && words_[at].letters != letters) at = (at + 1) % slots;
  return at;
}

void NearWords::add(std::size_t phrase, Part part, const std::vector<std::string>& words) {
  if (phrase >= most_phrases) throw std::runtime_error("there are too many phrases");
  if (part == Part::also_near && !words.empty()) one_is_enough_.reset(phrase);
  for (const std::string& word : words) {
    if (!is_ascii(word)) {
      others_.push_back({word, part, phrase});
      continue;
    }
    std::uint64_t letters = 0;
    for (const char c : word) letters = with_letter(letters, letter_number(c));
    Word& slot = words_[slot_of(letters)];
    if (slot.letters == 0 && ++word_count_ > slots / 2) throw std::runtime_error("phrases have too many words");
    slot.letters = letters;
    (part == Part::near ? slot.near : slot.also_near).set(phrase);
  }
}

NearWords::Numbers NearWords::in(std::string_view text) const {
  Numbers near, also_near = one_is_enough_;
  std::uint64_t letters = 0;
  const auto end_word = [&] {
    if (const Word& word = words_[slot_of(letters)]; word.letters != 0) {
      near |= word.near;
      also_near |= word.also_near;
    }
    letters = 0;
  };
  for (const char c : text) {
    if (const unsigned char number = letter_number(c)) letters = with_letter(letters, number);
    else if (letters != 0) end_word();
  }
  if (letters != 0) end_word();
  if (!others_.empty() && !is_ascii(text))
    for (const OtherWord& other : others_)
      if (text.find(other.word) != std::string_view::npos) (other.part == Part::near ? near : also_near).set(other.phrase);
  return near & also_near;
}

}  // namespace plugvet::checks
