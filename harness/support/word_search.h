#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace plugvet {

/// Looks for whole words, or phrases of several, whatever their case (Unicode: full case folding, compatibility forms
/// and invisible characters do not hide a word) and wherever words end in the script they are written in (UAX 29).
/// White space of any kind and amount stands for one space.
class WordSearch {
 public:
  explicit WordSearch(std::vector<std::string> words);

  /// Those that stand in the text, as they were given.
  std::vector<std::string> words_in(std::string_view text) const;

 private:
  std::vector<std::string> words_;
  std::vector<std::u16string> folded_;
};

}  // namespace plugvet
