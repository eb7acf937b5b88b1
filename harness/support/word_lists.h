#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/result.h"

namespace plugvet {

/// The case, width and composition of letters made one (NFKC, case folding), invisible characters gone, apostrophes
/// straight, and each run of white space a space.
std::string folded(std::string_view utf8);

/// The sentences of a paragraph (UAX 29), without the white space around them. They refer to it.
std::vector<std::string_view> sentences_of(std::string_view paragraph);

/// Words and phrases by subject and language, as a YAML file has them:
///
///   format: plugvet-words/1
///   subjects:
///     retention:
///       means: how long data is kept
///       words:
///         en: [retain*, kept + days]
///         ja: [保存期間]
///
/// A sentence has an entry when it has each of its terms, which " + " separates. A term is a word or a phrase in lower
/// case, or several of them, of which one suffices, with `|` between them; with `!` before it none of them may be there.
/// `*` at the beginning or end of a word stands for any letters; scripts without spaces between words need none. `^` is
/// the beginning of the sentence, `$` its end, where a colon or a full stop may follow.
class WordLists {
 public:
  struct Word {
    std::string text;  ///< folded
    bool open_begin = false, open_end = false;
    bool is_first = false, is_last = false;
  };
  struct Term {
    std::vector<Word> words;  ///< one of them is in the sentence, …
    bool is_absent = false;   ///< … or none
  };
  using Entry = std::vector<Term>;
  struct Subject {
    std::string name;
    std::string means;  ///< a noun phrase, for messages
    std::map<std::string, std::vector<Entry>, std::less<>> entries;  ///< by language: "en"

    /// How many entries of the language a folded text has. "zh-Hant" reads the list of "zh".
    std::size_t count_in(std::string_view folded_text, std::string_view language) const;
    /// Whether it has one of any language.
    bool is_in(std::string_view folded_text) const;
    bool has_language(std::string_view language) const;
  };

  /// Strict: another format, an unknown member, an empty list or term, a term that is not folded, and more than a
  /// mebibyte are problems with their place.
  static Result<WordLists> parse(std::string text, std::string_view where);

  const std::vector<Subject>& subjects() const { return subjects_; }
  /// std::out_of_range naming it when there is none: a defect of ours.
  const Subject& subject(std::string_view name) const;

 private:
  std::vector<Subject> subjects_;  ///< in the order of the file
};

/// The lists of a file that is built in. A mistake in it is a defect of ours: std::runtime_error with its place.
WordLists built_in_word_lists(std::string_view text, std::string_view where);

}  // namespace plugvet
