#include "checks/openings.h"

#include "harness/support/characters.h"

namespace plugvet::checks {
namespace {

constexpr unsigned bits = 5, most_letters = 3;

constexpr FirstLetters number_of(char c) {
  return static_cast<FirstLetters>(c & 0x1F);
}

/// Reads an expression from its beginning, as far as it says how a match may begin.
class OpeningReader {
 public:
  explicit OpeningReader(std::string_view expression) : rest_{expression} {}

  std::optional<Openings> read() {
    if (!read_alternatives(false) || !rest_.empty()) return {};
    return openings_;
  }

 private:
  bool take(std::string_view part) {
    if (!rest_.starts_with(part)) return false;
    rest_.remove_prefix(part.size());
    return true;
  }

  bool read_alternatives(bool begins_word) {
    do {
      if (!read_beginning(begins_word)) return false;
      if (!skip_branch()) return false;
    } while (take("|"));
    return true;
  }

  /// Of one alternative: a word, or a group of alternatives.
  bool read_beginning(bool begins_word) {
    begins_word |= take("\\b");
    if (take("(?:")) {
      if (!read_alternatives(begins_word) || !take(")")) return false;
      if (!take("?")) return !is_optional();
      take("?");                           // as few as possible
      return read_beginning(begins_word);  // without the group the match begins with what follows it
    }
    std::size_t size = 0;
    while (size < rest_.size() && plugvet::is_letter(rest_[size])) ++size;
    const std::string_view letters = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return begins_word && note(is_optional() ? letters.substr(0, letters.size() - 1) : letters);
  }

  /// What was read last may be left out.
  bool is_optional() const {
    return rest_.starts_with('?') || rest_.starts_with('*') || rest_.starts_with("{");
  }

  bool note(std::string_view letters) {
    if (letters.empty()) return false;
    FirstLetters first = 0;
    unsigned size = 0;
    for (; size < most_letters && size < letters.size(); ++size)
      first = static_cast<FirstLetters>(first | number_of(letters[size]) << (bits * (most_letters - 1 - size)));
    // After a beginning of one or two letters any others may follow, or none.
    const auto others = static_cast<FirstLetters>(1 << (bits * (most_letters - size)));
    for (FirstLetters other = 0; other < others; ++other) openings_.set(static_cast<std::size_t>(first | other));
    return true;
  }

  /// To the end of the alternative: "|" or ")" of the same depth.
  bool skip_branch() {
    bool in_class = false;
    for (int depth = 0; !rest_.empty(); rest_.remove_prefix(1)) {
      const char c = rest_.front();
      if (c == '\\') {
        if (rest_.size() < 2) return false;
        rest_.remove_prefix(1);
      } else if (in_class) {
        in_class = c != ']';
      } else if (c == '[') {
        in_class = true;
        // "]" as the first of a class is a member of it.
        if (rest_.substr(1).starts_with("]") || rest_.substr(1).starts_with("^]")) return false;
      } else if (c == '(') {
        ++depth;
      } else if (depth == 0 && (c == '|' || c == ')')) {
        return true;
      } else if (c == ')') {
        --depth;
      }
    }
    return !in_class;
  }

  std::string_view rest_;
  Openings openings_;
};

}  // namespace

std::vector<WordStart> word_starts(std::string_view text) {
  std::vector<WordStart> words;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!plugvet::is_letter(text[at])) continue;
    WordStart word{at, 0};
    for (unsigned i = 0; i < most_letters && at + i < text.size() && plugvet::is_letter(text[at + i]); ++i)
      word.letters = static_cast<FirstLetters>(word.letters | number_of(text[at + i]) << (bits * (most_letters - 1 - i)));
    words.push_back(word);
    while (at + 1 < text.size() && plugvet::is_letter(text[at + 1])) ++at;
  }
  return words;
}

std::optional<Openings> openings_of(std::string_view expression) {
  return OpeningReader{expression}.read();
}

}  // namespace plugvet::checks
