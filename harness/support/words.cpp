#include "harness/support/words.h"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <memory>
#include <new>

namespace plugvet {
namespace {

struct Letter {
  UChar32 value = 0;
  bool is_of_a_word() const { return value >= 0 && (u_isalnum(value) || u_charType(value) == U_NON_SPACING_MARK); }
  bool is_upper() const { return u_isupper(value) != 0; }
  bool is_lower() const { return u_islower(value) != 0; }
};

std::vector<Letter> letters_of(std::string_view text) {
  std::vector<Letter> letters;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < size;) {
    Letter letter;
    U8_NEXT(bytes, i, size, letter.value);  // negative: an invalid byte
    letters.push_back(letter);
  }
  return letters;
}

/// A new word begins in "list|Todos" and in "HTTP|Server", although nothing stands between them.
bool begins_word(const std::vector<Letter>& letters, std::size_t i) {
  if (i == 0 || !letters[i].is_upper()) return false;
  return !letters[i - 1].is_upper() || (i + 1 < letters.size() && letters[i + 1].is_lower());
}

void append(std::string& word, UChar32 value) {
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, value);
  word.append(bytes, static_cast<std::size_t>(length));
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  const std::vector<Letter> letters = letters_of(text);
  std::vector<std::string> words;
  bool is_inside = false;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i].is_of_a_word()) {
      if (!is_inside || begins_word(letters, i)) words.emplace_back();
      append(words.back(), u_tolower(letters[i].value));
    }
    is_inside = letters[i].is_of_a_word();
  }
  return words;
}

std::string stem_of(const std::string& word) {
  // One for each thread: a stemmer keeps the word that it works on.
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
  };
  thread_local const std::unique_ptr<sb_stemmer, Deleter> stemmer{sb_stemmer_new("english", "UTF_8")};
  // Longer ones are no words, and the length is an int there.
  if (word.size() > 100) return word;
  const auto* symbols = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer.get(), symbols, static_cast<int>(word.size()));
  if (!stem) throw std::bad_alloc{};
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

}  // namespace plugvet
