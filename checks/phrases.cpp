#include "checks/phrases.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <bit>
#include <map>
#include <nlohmann/json.hpp>

#include "checks/word_lists.h"
#include "harness/support/fields.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t most_phrases = 64;
constexpr std::uint64_t hash_seed = 14695981039346656037u;  // FNV-1a

constexpr std::uint64_t mixed(std::uint64_t hash, char letter) {
  return (hash ^ static_cast<unsigned char>(letter)) * 1099511628211u;
}

constexpr char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c >= 'a' && c <= 'z' ? c : '\0';
}

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

RE2::Options options() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_never_capture(true);
  options.set_log_errors(false);
  return options;
}

/// Without the end of the sentence before, which a pattern may begin with.
std::string without_marks(std::string_view part) {
  const std::size_t begin = part.find_first_not_of(".!?:;-*>] \t\r\n");
  return std::string{trimmed(part.substr(begin == std::string_view::npos ? 0 : begin))};
}

/// Where the sentence ends that is quoted up to `end`; `end` itself where that is far: a quotation should be understood.
std::size_t end_of_sentence(std::string_view text, std::size_t end) {
  constexpr std::size_t nearby = 80;
  static const RE2 mark("(?s)[.!?]+(?:[\\s\"')]|$)|[\\n;]|。|！|？");
  if (end > 0 && std::string_view{".!?;\n"}.find(text[end - 1]) != std::string_view::npos) return end;
  const std::string_view rest = text.substr(end, nearby);
  re2::StringPiece found;
  if (mark.Match({rest.data(), rest.size()}, 0, rest.size(), RE2::UNANCHORED, &found, 1) &&
      (found.end() < rest.end() || end + nearby >= text.size()))
    return static_cast<std::size_t>(found.begin() - text.data());
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
                                    Phrases::Compile compile) {
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
  if (compile == Phrases::Compile::at_once)
    if (const RE2 compiled{phrase.pattern, options()}; !compiled.ok())
      fields.complain("pattern", fmt::format("is no regular expression: {}.", compiled.error()));
  if (auto problem = fields.finish()) return *problem;
  return phrase;
}

}  // namespace

struct Phrases::Compiled {
  std::once_flag once;
  std::unique_ptr<RE2> expression;
};

Phrases::~Phrases() = default;

Result<std::unique_ptr<const Phrases>> Phrases::read(const Document& document, const std::string& where,
                                                     Compile compile) {
  Fields fields{document, where};
  const Json* list = fields.list("phrases");
  if (!list) fields.complain("phrases", "is missing.");
  else if (list->size() > most_phrases) fields.complain("phrases", fmt::format("has more than {}.", most_phrases));
  const bool finds_words = fields.flag("finds_words").value_or(false);
  if (auto problem = fields.finish()) return *problem;
  std::unique_ptr<Phrases> phrases{new Phrases};
  phrases->finds_words_ = finds_words;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto phrase = read_phrase(document, where, join_pointer("/phrases", i), compile);
    if (!phrase) return *phrase.problem();
    for (const std::string& word : phrase->near) phrases->note_word(word, &Word::near, Numbers{1} << i);
    for (const std::string& word : phrase->also_near) phrases->note_word(word, &Word::also_near, Numbers{1} << i);
    if (phrase->also_near.empty()) phrases->one_word_is_enough_ |= Numbers{1} << i;
    phrases->phrases_.push_back(std::move(*phrase));
    phrases->compiled_.push_back(std::make_unique<Compiled>());
  }
  return std::unique_ptr<const Phrases>{std::move(phrases)};
}

const Phrases& Phrases::named(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const Phrases>, std::less<>> lists;
  const std::scoped_lock lock{mutex};
  auto& list = lists[std::string{name}];
  if (!list) {
    auto read_list = read(word_list(name), fmt::format("{}.json", name), Compile::when_needed);
    if (!read_list) refuse_word_list(*read_list.problem());
    list = std::move(*read_list);
  }
  return *list;
}

void Phrases::note_word(std::string_view word, Numbers Word::*set, Numbers numbers) {
  if (is_of_other_script(word)) return parts_.push_back({std::string{word}, set, numbers});
  std::uint64_t hash = hash_seed;
  for (const char letter : word) hash = mixed(hash, letter);
  std::size_t at = hash % words_.size();
  while (!words_[at].is_free() && words_[at].hash != hash) at = (at + 1) % words_.size();
  if (words_[at].is_free() && ++word_count_ > words_.size() / 2)
    throw std::runtime_error("a list of phrases has too many words");
  words_[at].hash = hash;
  words_[at].*set |= numbers;
}

Phrases::Numbers Phrases::near(std::string_view text) const {
  constexpr char between_texts = '\x1F';
  Word noted{.also_near = one_word_is_enough_};
  Numbers both = 0;
  std::uint64_t hash = hash_seed;
  const auto end_word = [&] {
    for (std::size_t at = hash % words_.size(); !words_[at].is_free(); at = (at + 1) % words_.size()) {
      if (words_[at].hash != hash) continue;
      noted.near |= words_[at].near;
      noted.also_near |= words_[at].also_near;
    }
    hash = hash_seed;
  };
  for (const char c : text) {
    if (const char letter = lower_letter(c))
      hash = mixed(hash, letter);
    else if (hash != hash_seed)
      end_word();
    if (c == between_texts) {
      both |= noted.near & noted.also_near;
      noted = {.also_near = one_word_is_enough_};
    }
  }
  if (hash != hash_seed) end_word();
  if (!parts_.empty() && !is_ascii(text))
    for (const Part& part : parts_)
      if (text.find(part.letters) != std::string_view::npos) noted.*part.set |= part.numbers;
  return both | (noted.near & noted.also_near);
}

std::optional<Steering> Phrases::find(std::string_view text) const {
  for (Numbers left = near(text); left != 0; left &= left - 1)
    if (auto found = find(text, static_cast<std::size_t>(std::countr_zero(left)))) return found;
  return {};
}

std::optional<Steering> Phrases::find(std::string_view text, std::size_t number) const {
  const Phrase& phrase = phrases_[number];
  Compiled& compiled = *compiled_[number];
  std::call_once(compiled.once, [&] { compiled.expression = std::make_unique<RE2>(phrase.pattern, options()); });
  const re2::StringPiece input(text.data(), text.size());
  re2::StringPiece found;
  for (std::size_t from = 0; from <= text.size(); from = static_cast<std::size_t>(found.end() - input.begin())) {
    if (!compiled.expression->Match(input, from, input.size(), RE2::UNANCHORED, &found, 1) || found.empty()) return {};
    const auto begin = static_cast<std::size_t>(found.begin() - input.begin());
    if (phrase.unless_negated && is_negated(text.substr(0, begin))) continue;
    const std::size_t end = finds_words_ ? begin + found.size() : end_of_sentence(text, begin + found.size());
    return Steering{phrase.says, without_marks(text.substr(begin, end - begin))};
  }
  return {};
}

bool is_negated(std::string_view before) {
  constexpr std::size_t nearby = 120;
  if (before.size() > nearby) before.remove_prefix(before.size() - nearby);
  static const RE2 negation(R"((?i)\b(?:not|never|no|cannot|nor|avoid|refuse)\b|n't\b|n’t\b)");
  const std::size_t end = before.find_last_of(".!?;\n");
  const std::string_view sentence = end == std::string_view::npos ? before : before.substr(end + 1);
  return RE2::PartialMatch(re2::StringPiece(sentence.data(), sentence.size()), negation);
}

}  // namespace plugvet::checks
