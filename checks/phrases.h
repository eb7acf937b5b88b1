#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/steering_text.h"
#include "harness/support/document.h"

namespace plugvet::checks {

/// Sentences that a text is searched for, by a list of patterns in checks/words/<name>.yaml: forced-use.yaml says how it
/// is written. A text that has none of a list's words costs one pass without an allocation; patterns are compiled when
/// a text has one of their words. Texts may be read many at a time, with U+001F between them.
class Phrases {
 public:
  enum class Compile : unsigned char { at_once, when_needed };
  /// A list that is built in; read when it is first asked for.
  static const Phrases& named(std::string_view name);
  /// The problem names `where`, line and column.
  static Result<std::unique_ptr<const Phrases>> read(const Document& document, const std::string& where,
                                                     Compile compile = Compile::at_once);

  /// The first phrase of the list that the text has, with the end of its sentence where that is near.
  std::optional<Steering> find(std::string_view text) const;

  /// One phrase, and the examples that it was written with.
  struct Phrase {
    std::string says, pattern;
    bool unless_negated = false;
    std::vector<std::string> near, also_near, finds, spares;
  };
  const std::vector<Phrase>& all() const { return phrases_; }
  /// The phrase of this number alone.
  std::optional<Steering> find(std::string_view text, std::size_t number) const;

  ~Phrases();

 private:
  struct Compiled;
  using Numbers = std::uint64_t;  ///< a bit for each phrase
  struct Word {
    std::uint64_t hash = 0;
    Numbers near = 0, also_near = 0;
    bool is_free() const { return (near | also_near) == 0; }
  };
  /// Which phrases have a word of theirs in the text. Words are compared by a hash: one too many does no harm.
  Numbers near(std::string_view text) const;
  void note_word(std::string_view word, Numbers Word::*set, Numbers numbers);
  /// A word of other letters than a to z: it is looked for anywhere in a text.
  struct Part {
    std::string letters;
    Numbers Word::*set;
    Numbers numbers;
  };

  Phrases() = default;
  std::vector<Phrase> phrases_;
  std::vector<std::unique_ptr<Compiled>> compiled_;
  std::array<Word, 512> words_{};  ///< open addressing
  std::size_t word_count_ = 0;
  std::vector<Part> parts_;
  Numbers one_word_is_enough_ = 0;
  bool finds_words_ = false;  ///< not sentences: what is found is quoted alone
};

/// The sentence that `before` ends in has said "not" already, nearby.
bool is_negated(std::string_view before);

}  // namespace plugvet::checks
