#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plugvet {

/// Very many secrets at once, in texts that may be made of their beginnings: the time depends on the text's length and
/// hardly on how many they are.
class SecretFinder {
 public:
  static constexpr std::size_t shortest = 8;  ///< what is shorter is left out: it is part of too many words

  explicit SecretFinder(std::vector<std::string> secrets);

  bool is_empty() const { return secrets_.empty(); }

  /// Each secret replaced: where several begin, the longest. Of a very long one, a beginning is enough, and it goes as far
  /// as it is there.
  std::string masked(std::string text, std::string_view mask) const;

 private:
  std::size_t length_at(std::string_view rest) const;

  std::vector<std::string> secrets_;    // in the order of their bytes
  std::vector<std::size_t> beginning_;  // of each: the longest other one (not of the very long ones) that it begins with
  int start_bits_ = 0;
  std::vector<bool> starts_;            // by a hash of the first bytes; most places of a text are nobody's
};

}  // namespace plugvet
