#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/near_words.h"
#include "checks/steering_text.h"
#include "harness/support/document.h"

namespace plugvet::checks {

struct FoundPhrase;

/// Sentences that a text is searched for, by a list of patterns in checks/words/<name>.yaml: forced-use.yaml says how it
/// is written. A text that has none of a list's words costs one pass without an allocation; patterns are compiled when
/// a text has their words.
class Phrases {
 public:
  /// A list that is built in; all of them are read when the first is asked for.
  static const Phrases& named(std::string_view name);
  /// The problem names `where`, line and column.
  static Result<std::unique_ptr<const Phrases>> read(const Document& document, const std::string& where);

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
  friend class ShippedPhrases;
  friend std::vector<FoundPhrase> find_phrases(std::string_view text, std::span<const Phrases* const> lists);
  struct Search;
  struct Searched;
  std::optional<Steering> find(const Searched& searched) const;
  Phrases() = default;
  enum class Patterns : unsigned char { are_checked, are_trusted };
  static Result<std::unique_ptr<Phrases>> read(const Document& document, const std::string& where, Patterns patterns);
  std::optional<Steering> find(const Searched& searched, std::size_t number) const;
  /// The words of several lists may be in one table, where this one's numbers begin at `first`.
  void note_words(std::shared_ptr<NearWords> table, std::size_t first);

  std::vector<Phrase> phrases_;
  std::vector<std::unique_ptr<Search>> searches_;
  std::shared_ptr<const NearWords> near_words_;
  std::size_t first_number_ = 0;
  NearWords::Numbers numbers_;
  bool finds_words_ = false;  ///< not sentences: what is found is quoted alone
};

/// What a list that is built in finds in a text, or in another reading of it (find_decoded).
struct FoundPhrase {
  const Phrases* list;
  Steering steering;
};
/// By each list the first phrase. Several lists cost a text little more than one.
std::vector<FoundPhrase> find_phrases(std::string_view text, std::span<const Phrases* const> lists);

/// The sentence that `before` ends in has said "not" already, nearby.
bool is_negated(std::string_view before);

}  // namespace plugvet::checks
