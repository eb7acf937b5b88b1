#include "harness/support/words.h"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <memory>
#include <new>

#include "harness/support/utf8.h"

namespace plugvet {
namespace {

enum class Kind : unsigned char { other, upper, lower, inner };  // inner: a digit, a letter without capitals, an accent

struct Letter {
  char32_t value = 0;
  Kind kind = Kind::other;
};

Kind kind_of(char32_t c) {
  if (c >= 'a' && c <= 'z') return Kind::lower;
  if (c >= 'A' && c <= 'Z') return Kind::upper;
  if (c >= '0' && c <= '9') return Kind::inner;
  if (c < 0x80) return Kind::other;
  const auto point = static_cast<UChar32>(c);
  if (u_islower(point)) return Kind::lower;
  if (u_isupper(point)) return Kind::upper;
  return u_isalnum(point) || u_charType(point) == U_NON_SPACING_MARK ? Kind::inner : Kind::other;
}

char32_t lower_case_of(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

std::vector<Letter> letters_of(std::string_view text) {
  std::vector<Letter> letters;
  letters.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const DecodedCodePoint point = byte < 0x80 ? DecodedCodePoint{byte, 1, true} : decode_utf8(text, i);
    letters.push_back({point.value, point.valid ? kind_of(point.value) : Kind::other});
    i += point.size;
  }
  return letters;
}

/// A new word begins in "list|Todos" and in "HTTP|Server", although nothing stands between them.
bool begins_word(const std::vector<Letter>& letters, std::size_t i) {
  if (i == 0 || letters[i].kind != Kind::upper) return false;
  return letters[i - 1].kind != Kind::upper || (i + 1 < letters.size() && letters[i + 1].kind == Kind::lower);
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  const std::vector<Letter> letters = letters_of(text);
  std::vector<std::string> words;
  bool is_inside = false;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool is_of_a_word = letters[i].kind != Kind::other;
    if (is_of_a_word) {
      if (!is_inside || begins_word(letters, i)) words.emplace_back();
      append_utf8(words.back(), lower_case_of(letters[i].value));
    }
    is_inside = is_of_a_word;
  }
  return words;
}

bool is_written_without_spaces(char32_t letter) {
  if (letter < 0x0E00) return false;
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(letter), &error);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_THAI;
}

std::size_t count_words(std::string_view text) {
  constexpr char32_t apostrophe = 0x2019;
  std::size_t words = 0, without_spaces = 0;
  bool is_inside = false;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    i += point.size;
    const bool has_no_spaces = is_written_without_spaces(point.value);
    without_spaces += has_no_spaces;
    const bool is_of_a_word = !has_no_spaces && (u_isalnum(static_cast<UChar32>(point.value)) || point.value == '\'' ||
                                                 point.value == '-' || point.value == apostrophe);
    words += is_of_a_word && !is_inside;
    is_inside = is_of_a_word;
  }
  return words + without_spaces / 2;
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
