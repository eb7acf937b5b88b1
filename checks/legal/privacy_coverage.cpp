#include <algorithm>

#include "checks/policy_page.h"
#include "checks/policy_words.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::string_view coverage_subjects[] = {"collection", "purpose", "retention", "sharing", "deletion", "contact"};

/// The sentence that says most on a subject: by its own words, and those of the heading above it. A heading itself is only
/// taken where no running text says anything.
const Sentence* best_sentence(const std::vector<Sentence>& sentences, const WordLists::Subject& subject) {
  const Sentence* best = nullptr;
  std::size_t most = 0;
  for (const Sentence& sentence : sentences) {
    const std::string& language = sentence.page->text->language;
    std::size_t weight = subject.count_in(sentence.folded, language);
    if (weight == 0) continue;
    if (!sentence.is_heading) weight += 100 + 2 * std::min<std::size_t>(1, subject.count_in(sentence.heading, language));
    if (weight > most) best = &sentence, most = weight;
  }
  return best;
}

/// Where it is said that nothing is collected, and nothing else says that something is. What is not collected is used for
/// nothing, kept and received by nobody, and need not be deleted.
const Sentence* denial_of_collection(const std::vector<Sentence>& sentences) {
  const WordLists& words = policy_words();
  const auto has = [&](const Sentence& sentence, std::string_view subject) {
    return words.subject(subject).count_in(sentence.folded, sentence.page->text->language) > 0;
  };
  const Sentence* denial = nullptr;
  for (const Sentence& sentence : sentences) {
    if (has(sentence, "nothing"))
      denial = denial ? denial : &sentence;
    else if (!sentence.is_heading && has(sentence, "collection") && !has(sentence, "aside"))
      return nullptr;
  }
  return denial;
}

/// A privacy policy that exists and was not read may say what the pages that were read lack.
std::optional<Judgement> why_coverage_is_unknown(const LegalPage& page) {
  for (const PrivacyPage& other : page.privacy) {
    const std::string policy = "The privacy policy beside the legal page (" + printable(shortened(other.url, 200)) + ")";
    if (!other.text) return Judgement::blocked(policy + " could not be read: " + other.text.problem()->what);
    if (other.text->kind == PageKind::pdf)
      return Judgement::not_applicable(policy + " is a PDF, which plugvet does not read; read it yourself.");
    if (other.text->kind != PageKind::content)
      return Judgement::blocked(policy + " shows no text of its own (" + std::string{name_of(other.text->kind)} + ").");
  }
  if (page.privacy_elsewhere.empty() || page.text->is_on_privacy) return std::nullopt;
  return Judgement::not_applicable(named(page) + " refers to a privacy policy on another site (" +
                                   printable(shortened(page.privacy_elsewhere.front(), 200)) +
                                   "), which plugvet does not follow; read it there.");
}

std::optional<Judgement> why_language_is_not_read(const LegalPage& page, const std::vector<ReadPage>& pages) {
  const WordLists::Subject& first = policy_words().subject(coverage_subjects[0]);
  const auto is_read = [&](const ReadPage& one) { return first.has_language(one.text->language); };
  if (std::ranges::any_of(pages, is_read)) return std::nullopt;
  if (page.text->language.empty())
    return Judgement::not_applicable(named(page) + " is too short to tell which language it is in.");
  return Judgement::not_applicable(named(page) + " is in " + page.text->language_name +
                                   ", which plugvet has no words for; read it yourself.");
}

}  // namespace

Judgement privacy_coverage(const LegalPage& page) {
  if (auto obstacle = why_no_text(page)) return *obstacle;
  const auto pages = pages_with_text(page);
  if (auto obstacle = why_language_is_not_read(page, pages)) return *obstacle;
  const auto sentences = sentences_of(pages);
  const Sentence* denial = denial_of_collection(sentences);
  Judgement judgement;
  for (const std::string_view name : coverage_subjects) {
    const WordLists::Subject& subject = policy_words().subject(name);
    const Sentence* sentence = best_sentence(sentences, subject);
    if (!sentence && name != "contact") sentence = denial;
    if (sentence) {
      judgement.quotes.push_back(quote_of(subject.means, *sentence));
      continue;
    }
    judgement.findings.push_back({at_legal_page("/" + subject.name),
                                  named(page) + " does not say " + subject.means + ".",
                                  "a sentence on " + subject.means,
                                  "none in " + counted(sentences.size(), "sentence"),
                                  page.location});
  }
  if (judgement.findings.empty()) return judgement;
  auto unknown = why_coverage_is_unknown(page);
  return unknown ? *unknown : judgement;
}

extern constinit const Check legal_privacy_coverage = define_check<privacy_coverage>({
    .id = "legal/privacy-coverage",
    .title = "The legal page says what happens to people's data",
    .requirement =
        "The legal page, or a page on privacy that it leads to on its site, says what data is collected, what it is used "
        "for, how long it is kept, who receives it, how to have it deleted, and whom to ask. What was found of these is "
        "quoted, so that a person can judge whether it is an answer; each that is missing is a finding. Read in English, "
        "German, French, Spanish, Portuguese, Japanese and Chinese.",
    .rationale =
        "A plugin is sent parts of people's conversations. The plugin terms allow it to use them only as far as is needed "
        "to answer, and data protection laws ask for these six answers everywhere.",
    .remedy =
        "Add a sentence on what is missing; that nothing is kept or shared is an answer too. Where another page says it, "
        "link to it with the word privacy in the link.",
    .source = "OpenAI, Plugin and Actions terms (2023-11): data; plugvet, own judgement, for the six subjects",
    .passing = "Logs are deleted after 14 days.",
    .failing = "We take your privacy seriously.",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
