#include "checks/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/decoding.h"
#include "checks/expression.h"
#include "checks/openings.h"
#include "checks/word_lists.h"
#include "harness/support/fields.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// As RE2 takes it: a space stands for any white space, also in " ?", and a line break for nothing.
std::string as_expression(std::string_view pattern) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out += c;
      out += pattern[++i];
    } else if (c == ' ' && !in_class) {
      const bool is_optional = i + 1 < pattern.size() && pattern[i + 1] == '?';
      out += is_optional ? "\\s*" : "\\s+";
      i += is_optional;
    } else if (c != '\n') {
      // "]" as the first of a class is a member of it.
      if (c == '[' && !in_class) in_class = true;
      else if (c == ']') in_class = false;
      out += c;
    }
  }
  return out;
}

/// Without the end of the sentence before, which a pattern may begin with.
std::string without_marks(std::string_view part) {
  const std::size_t begin = part.find_first_not_of(".!?:;-*>] \t\r\n");
  return std::string{trimmed(part.substr(begin == std::string_view::npos ? 0 : begin))};
}

/// Where the sentence ends that is quoted up to `end`; `end` itself where that is far: a quotation should be understood.
std::size_t end_of_sentence(std::string_view text, std::size_t end) {
  constexpr std::size_t nearby = 80;
  static const Expression mark{"[.!?]+(?:[\\s\"')]|$)|[\\n;]|。|！|？"};
  if (end > 0 && std::string_view{".!?;\n"}.find(text[end - 1]) != std::string_view::npos) return end;
  const std::string_view rest = text.substr(end, nearby);
  const auto found = mark.find(rest);
  if (found && (found->end() < rest.end() || end + nearby >= text.size()))
    return static_cast<std::size_t>(found->data() - text.data());
  return rest.size() < nearby ? text.size() : end;
}

bool is_letter_of_words(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_of_other_script(std::string_view word) {
  return !is_ascii(word);
}
bool is_word(std::string_view word) {
  return !word.empty() && (is_of_other_script(word) || std::ranges::all_of(word, is_letter_of_words));
}

Result<Phrases::Phrase> read_phrase(const Document& document, const std::string& where, const std::string& pointer,
                                    bool is_checked) {
  Fields fields{document, where, pointer};
  Phrases::Phrase phrase;
  phrase.says = fields.required_text("says");
  phrase.pattern = as_expression(fields.required_text("pattern"));
  phrase.unless_negated = fields.flag("unless_negated").value_or(false);
  phrase.near = fields.texts("near");
  phrase.also_near = fields.texts("also_near");
  phrase.finds = fields.texts("finds");
  phrase.spares = fields.texts("spares");
  for (const auto& [name, words] : {std::pair{"near", &phrase.near}, std::pair{"also_near", &phrase.also_near}})
    if (!std::ranges::all_of(*words, is_word)) fields.complain(name, "has what is no word in small letters.");
  if (phrase.near.empty()) fields.complain("near", "is missing: the words of which a text must have one.");
  if (is_checked)
    if (const std::string error = Expression{phrase.pattern}.error(); !error.empty())
      fields.complain("pattern", fmt::format("is no regular expression: {}.", error));
  if (auto problem = fields.finish()) return *problem;
  return phrase;
}

}  // namespace



/// A text, which phrases may be in it, and where its words begin.
struct Phrases::Searched {
  Searched(std::string_view text, const NearWords::Numbers& near_words)
      : subject{text}, near{near_words}, words{word_starts(text)} {}
  Subject subject;
  NearWords::Numbers near;
  std::vector<WordStart> words;
};

/// How a phrase is looked for: where a word begins that it may begin with, where that is known.
struct Phrases::Search {
  explicit Search(const std::string& pattern)
      : expression{pattern, Expression::Case::ignored}, openings{openings_of(pattern)} {}

  std::optional<std::string_view> find(const Searched& searched, std::size_t from) const {
    if (!openings) return expression.find(searched.subject, from);
    for (const WordStart& word : searched.words)
      if (word.at >= from && openings->test(word.letters))
        if (const auto found = expression.find_at(searched.subject, word.at)) return found;
    return {};
  }

  Expression expression;
  std::optional<Openings> openings;
};

Phrases::~Phrases() = default;

Result<std::unique_ptr<const Phrases>> Phrases::read(const Document& document, const std::string& where) {
  auto phrases = read(document, where, Patterns::are_checked);
  if (!phrases) return *phrases.problem();
  (*phrases)->note_words(std::make_shared<NearWords>(), 0);
  return std::unique_ptr<const Phrases>{std::move(*phrases)};
}

Result<std::unique_ptr<Phrases>> Phrases::read(const Document& document, const std::string& where, Patterns patterns) {
  Fields fields{document, where};
  const Json* list = fields.list("phrases");
  if (!list) fields.complain("phrases", "is missing.");
  else if (list->size() > NearWords::most_phrases)
    fields.complain("phrases", fmt::format("has more than {}.", NearWords::most_phrases));
  const bool finds_words = fields.flag("finds_words").value_or(false);
  if (auto problem = fields.finish()) return *problem;
  std::unique_ptr<Phrases> phrases{new Phrases};
  phrases->finds_words_ = finds_words;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto phrase = read_phrase(document, where, join_pointer("/phrases", i), patterns == Patterns::are_checked);
    if (!phrase) return *phrase.problem();
    phrases->searches_.push_back(std::make_unique<Search>(phrase->pattern));
    phrases->phrases_.push_back(std::move(*phrase));
  }
  return phrases;
}

void Phrases::note_words(std::shared_ptr<NearWords> table, std::size_t first) {
  for (std::size_t i = 0; i < phrases_.size(); ++i) {
    numbers_.set(first + i);
    table->add(first + i, NearWords::Part::near, phrases_[i].near);
    table->add(first + i, NearWords::Part::also_near, phrases_[i].also_near);
  }
  near_words_ = std::move(table);
  first_number_ = first;
}

/// All lists that are built in, their words in one table.
class ShippedPhrases {
 public:
  static const ShippedPhrases& all() {
    static const ShippedPhrases shipped;
    return shipped;
  }

  const Phrases& named(std::string_view name) const {
    const auto found = std::ranges::find(lists_, name, &Named::name);
    if (found == lists_.end()) throw std::runtime_error(fmt::format("there is no list of phrases {}", name));
    return *found->phrases;
  }

  const NearWords& words() const { return *words_; }

 private:
  struct Named {
    std::string_view name;
    std::unique_ptr<const Phrases> phrases;
  };

  ShippedPhrases() {
    std::size_t count = 0;
    for (const EmbeddedFile& file : word_lists()) {
      const std::string_view name = file.path.substr(0, file.path.rfind('.'));
      const Document document = word_list(name);
      if (!document.find("/phrases")) continue;
      auto read = Phrases::read(document, fmt::format("{}.json", name), Phrases::Patterns::are_trusted);
      if (!read) refuse_word_list(*read.problem());
      (*read)->note_words(words_, count);
      count += (*read)->all().size();
      lists_.push_back({name, std::move(*read)});
    }
  }

  std::vector<Named> lists_;
  std::shared_ptr<NearWords> words_ = std::make_shared<NearWords>();
};

const Phrases& Phrases::named(std::string_view name) {
  return ShippedPhrases::all().named(name);
}

std::vector<FoundPhrase> find_phrases(std::string_view text, std::span<const Phrases* const> lists) {
  const NearWords& words = ShippedPhrases::all().words();
  const std::vector<Reading> readings = readings_of(text);
  std::vector<NearWords::Numbers> near_each;
  NearWords::Numbers near;
  for (const Reading& reading : readings) near |= near_each.emplace_back(words.in(reading.text));
  std::vector<Phrases::Searched> searched;
  std::vector<FoundPhrase> found;
  for (const Phrases* list : lists) {
    if ((near & list->numbers_).none()) continue;
    for (std::size_t i = searched.size(); i < readings.size(); ++i) searched.emplace_back(readings[i].text, near_each[i]);
    for (std::size_t i = 0; i < readings.size(); ++i) {
      auto steering = list->find(searched[i]);
      if (!steering) continue;
      steering->what += readings[i].how;
      found.push_back({list, std::move(*steering)});
      break;
    }
  }
  return found;
}

std::optional<Steering> Phrases::find(std::string_view text) const {
  const NearWords::Numbers near = near_words_->in(text) & numbers_;
  return near.any() ? find(Searched{text, near}) : std::nullopt;
}

std::optional<Steering> Phrases::find(const Searched& searched) const {
  for (std::size_t i = 0; i < phrases_.size(); ++i)
    if (searched.near.test(first_number_ + i))
      if (auto found = find(searched, i)) return found;
  return {};
}

std::optional<Steering> Phrases::find(std::string_view text, std::size_t number) const {
  return find(Searched{text, {}}, number);
}

std::optional<Steering> Phrases::find(const Searched& searched, std::size_t number) const {
  const Phrase& phrase = phrases_[number];
  const std::string_view text = searched.subject.text;
  for (std::size_t from = 0; from <= text.size();) {
    const auto found = searches_[number]->find(searched, from);
    if (!found || found->empty()) return {};
    const auto begin = static_cast<std::size_t>(found->data() - text.data());
    from = begin + found->size();
    if (phrase.unless_negated && is_negated(text.substr(0, begin))) continue;
    const std::size_t end = finds_words_ ? from : end_of_sentence(text, from);
    return Steering{phrase.says, without_marks(text.substr(begin, end - begin))};
  }
  return {};
}

bool is_negated(std::string_view before) {
  constexpr std::size_t nearby = 120;
  if (before.size() > nearby) before.remove_prefix(before.size() - nearby);
  static const Expression negation{R"(\b(?:not|never|no|cannot|nor|avoid|refuse)\b|n't\b|n’t\b)", Expression::Case::ignored};
  const std::size_t end = before.find_last_of(".!?;\n");
  const std::string_view sentence = end == std::string_view::npos ? before : before.substr(end + 1);
  return negation.find(sentence).has_value();
}

}  // namespace plugvet::checks
