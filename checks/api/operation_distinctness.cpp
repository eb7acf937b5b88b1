#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/paths.h"
#include "harness/support/text.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

using Term = std::uint64_t;  // a stem, or two that stand side by side

// Of those that share all their words, an operation is compared with so many: in a document that was made to be slow,
// thousands do.
constexpr std::size_t most_kept_for_comparison = 64;

// They stand everywhere and tell nothing apart. What turns a sentence around (not, without, all, any) is none of them.
constexpr auto small_words = std::to_array<std::string_view>(
    {"a",     "an",    "and",  "are",   "as", "at",    "be",   "by",   "can", "for",  "from",
     "if",    "in",    "into", "is",    "it", "of",    "on",   "or",   "s",   "that", "the",
     "their", "these", "this", "those", "to", "which", "will", "with", "you", "your"});

/// Stems and pairs of them as numbers.
class Vocabulary {
 public:
  /// The stems of a text in their order, without small words.
  std::vector<std::uint32_t> stems_of(std::string_view text) {
    std::vector<std::uint32_t> stems;
    for (const std::string& word : words_of(text))
      if (const std::uint32_t stem = number_of(word)) stems.push_back(stem);
    return stems;
  }

 private:
  /// 0 for a small word.
  std::uint32_t number_of(const std::string& word) {
    const auto [entry, is_new] = of_word_.try_emplace(word, 0);
    if (!is_new || std::ranges::find(small_words, word) != small_words.end()) return entry->second;
    return entry->second = of_stem_.try_emplace(stem_of(word), of_stem_.size() + 1).first->second;
  }

  std::unordered_map<std::string, std::uint32_t> of_word_, of_stem_;
};

/// What an operation says, as a model reads it: its name, summary and description.
struct SpokenOperation {
  const openapi::Operation* operation = nullptr;
  std::vector<std::uint32_t> summary;          ///< its stems, sorted, each once
  std::vector<std::uint32_t> said;             ///< those of summary and description
  std::vector<std::pair<Term, double>> terms;  ///< sorted; how often, then what it weighs
};

void add_terms(std::vector<Term>& terms, const std::vector<std::uint32_t>& stems, bool with_pairs) {
  terms.insert(terms.end(), stems.begin(), stems.end());
  for (std::size_t i = 1; with_pairs && i < stems.size(); ++i) terms.push_back(Term{stems[i - 1]} << 32 | stems[i]);
}

std::vector<std::uint32_t> set_of(std::vector<std::uint32_t> stems) {
  std::ranges::sort(stems);
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

SpokenOperation spoken_operation(const openapi::Operation& operation, Vocabulary& vocabulary) {
  const std::vector<std::uint32_t> summary = vocabulary.stems_of(operation.summary);
  const std::vector<std::uint32_t> description = vocabulary.stems_of(operation.description);
  std::vector<Term> terms;
  // Pairs: "genes of a disease" and "diseases of a gene" have the same words and say something else.
  add_terms(terms, summary, true);
  add_terms(terms, description, true);
  add_terms(terms, vocabulary.stems_of(operation.id), false);
  std::ranges::sort(terms);
  SpokenOperation spoken{&operation, set_of(summary), set_of(summary), {}};
  for (const Term term : terms)
    if (spoken.terms.empty() || spoken.terms.back().first != term)
      spoken.terms.emplace_back(term, 1);
    else
      spoken.terms.back().second += 1;
  spoken.said.insert(spoken.said.end(), description.begin(), description.end());
  spoken.said = set_of(std::move(spoken.said));
  return spoken;
}

/// TF-IDF: (1 + ln f)(1 + ln((1 + N) / (1 + n))), scaled to length 1.
void weigh(std::vector<SpokenOperation>& operations) {
  std::unordered_map<Term, std::size_t> spread;
  for (const SpokenOperation& spoken : operations)
    for (const auto& [term, count] : spoken.terms) ++spread[term];
  const double total = static_cast<double>(operations.size()) + 1;
  for (SpokenOperation& spoken : operations) {
    double square = 0;
    for (auto& [term, weight] : spoken.terms) {
      weight = (1 + std::log(weight)) * (1 + std::log(total / (static_cast<double>(spread[term]) + 1)));
      square += weight * weight;
    }
    for (auto& [term, weight] : spoken.terms) weight /= std::sqrt(square);
  }
}

/// The cosine of the angle between two operations: 1 for those that say the same.
double likeness_of(const SpokenOperation& a, const SpokenOperation& b) {
  double sum = 0;
  for (auto x = a.terms.begin(), y = b.terms.begin(); x != a.terms.end() && y != b.terms.end();) {
    if (x->first == y->first)
      sum += x++->second * y++->second;
    else
      ++(x->first < y->first ? x : y);
  }
  return sum;
}

/// /todos and /todos/{id}: "Get todos" and "Get a todo" differ in a plural that stems do not have.
bool is_list_and_item(const openapi::Operation& a, const openapi::Operation& b) {
  const std::string_view shorter = a.path.size() < b.path.size() ? a.path : b.path;
  const std::string_view longer = a.path.size() < b.path.size() ? b.path : a.path;
  const std::string_view rest = longer.substr(shorter.size());
  const bool is_parent = longer.starts_with(shorter) && rest.starts_with("/{") && rest.find('}') + 1 == rest.size();
  return is_parent &&
         (words_of(a.summary) != words_of(b.summary) || words_of(a.description) != words_of(b.description));
}

/// "Archive a project" and "Delete a project" above one description: the summaries tell.
bool are_told_by_summaries(const SpokenOperation& a, const SpokenOperation& b) {
  return !std::ranges::includes(a.summary, b.summary) && !std::ranges::includes(b.summary, a.summary);
}

struct LikePair {
  const openapi::Operation* first = nullptr;
  const openapi::Operation* second = nullptr;
  double likeness = 0;
};

/// The most alike of those that came before, which say something else than each other.
std::optional<LikePair> most_alike(const SpokenOperation& spoken, const std::vector<const SpokenOperation*>& before) {
  std::optional<LikePair> best;
  for (const SpokenOperation* other : before) {
    const double likeness = likeness_of(*other, spoken);
    if (best && likeness <= best->likeness) continue;
    if (are_told_by_summaries(*other, spoken) || is_list_and_item(*other->operation, *spoken.operation)) continue;
    best = LikePair{other->operation, spoken.operation, likeness};
  }
  return best;
}

std::string shared_words(const openapi::Operation& operation) {
  std::vector<std::string> words, quoted;
  for (const std::string_view text : {operation.summary, operation.description})
    for (const std::string& word : words_of(text)) {
      const bool is_small = word.size() == 1 || std::ranges::find(small_words, word) != small_words.end();
      if (!is_small && std::ranges::find(words, word) == words.end()) words.push_back(word);
      if (words.size() > 8) break;
    }
  if (words.size() > 8) words.back() = "others";
  for (const std::string& word : words) quoted.push_back(printable(shortened(word, 30)));
  return listed(quoted);
}

std::string percent_text(double likeness) {
  return std::to_string(std::lround(likeness * 100)) + " %";
}

Judgement operation_distinctness(const ApiDescription& api, const Parameters& limits) {
  const std::size_t maximum = limits.count("maximum_percent");
  Vocabulary vocabulary;
  std::vector<SpokenOperation> operations;
  for (const openapi::Operation& operation : api.description->operations)
    operations.push_back(spoken_operation(operation, vocabulary));
  weigh(operations);
  // Whoever has a word of its own can be told by it, however long the text around is: get and delete, day and hour.
  std::map<std::vector<std::uint32_t>, std::vector<const SpokenOperation*>> by_words;
  Judgement judgement;
  std::optional<LikePair> closest;
  for (const SpokenOperation& spoken : operations) {
    if (spoken.said.empty()) continue;  // api/operation-text
    auto& before = by_words[spoken.said];
    const std::optional<LikePair> pair = most_alike(spoken, before);
    if (pair && (!closest || pair->likeness > closest->likeness)) closest = pair;
    const bool is_alike = pair && pair->likeness * 100 > static_cast<double>(maximum);
    if (!is_alike) {
      if (before.size() < most_kept_for_comparison) before.push_back(&spoken);
      continue;
    }
    judgement.findings.push_back({api.at_name(pair->second->node.place),
                                  checks::spoken(*pair->second) + " says the same as " + checks::spoken(*pair->first) +
                                      ": both texts consist of the words " + shared_words(*pair->second) + ".",
                                  "a likeness of at most " + std::to_string(maximum) + " %",
                                  "a likeness of " + percent_text(pair->likeness),
                                  {}});
  }
  if (closest)
    judgement.measures.push_back({api.at_name(closest->second->node.place),
                                  "likeness (cosine over TF-IDF of word stems and neighbouring pairs)",
                                  std::round(closest->likeness * 100), static_cast<double>(maximum), "%"});
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_distinctness = define_check<of_openapi_3<operation_distinctness>>({
    .id = "api/operation-distinctness",
    .title = "No two operations say the same",
    .requirement =
        "Summary and description of an operation have a word that those of every other operation lack, or put their "
        "words otherwise. Two that have the same words are compared with their names: the likeness is the cosine "
        "between them over stems of English words and pairs of neighbours, weighed by TF-IDF.",
    .rationale =
        "The model chooses by these texts. Where two are the same, one of them is mostly a copy that was not adapted, "
        "and the model calls the wrong operation: five of 373 approved plugins describe three kinds of swap alike, or "
        "a search for companies as one for people.",
    .remedy = "Say in each text what only this operation does, and when it is the right one and the other is not.",
    .source = "plugvet, own judgement; calibrated on 373 approved plugins",
    .passing = "Get the swap rate; Get the swap rate for an amount",
    .failing = "swap1: Swap tokens on a specific DEX; swap2: Swap tokens on a specific DEX",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
