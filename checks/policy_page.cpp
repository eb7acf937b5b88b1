#include "checks/policy_page.h"

#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t longest_quote = 300;

bool is_type_of_text(std::string_view media_type) {
  return media_type.empty() || media_type.starts_with("text/") || media_type == "application/xhtml+xml" ||
         media_type == "application/pdf";
}

/// What legal/content says of it.
std::string fault_of_content(const LegalPage& page) {
  if (is_blank(page.body)) return named(page) + " is blank.";
  if (is_type_of_text(page.media_type)) return {};
  return named(page) + " is sent as " + printable(shortened(page.media_type, 100)) +
         ", which browsers do not show as a text.";
}

}  // namespace

std::string named(const LegalPage& page) {
  return "The legal page (" + printable(shortened(page.location, 200)) + ")";
}

std::string fault_of_kind(const LegalPage& page) {
  if (!page.text) return named(page) + " could not be read. " + page.text.problem()->what;
  if (!fault_of_content(page).empty()) return {};
  switch (page.text->kind) {
    case PageKind::content:
    case PageKind::pdf:
      return {};
    case PageKind::script_only:
      return named(page) + " shows nothing without scripts: " + counted(page.text->words, "word") + ".";
    case PageKind::login:
      return named(page) + " asks people to sign in before it shows a text.";
    case PageKind::cookie_wall:
      return named(page) + " shows a question about cookies in place of a text.";
    case PageKind::soft_404:
      return named(page) + " is what the site answers for pages that do not exist.";
    case PageKind::unreadable:
      return named(page) + " is sent as a text and is none.";
  }
  return {};
}

std::optional<Judgement> why_no_text(const LegalPage& page) {
  if (std::string fault = fault_of_content(page); !fault.empty()) return Judgement::blocked(std::move(fault));
  if (std::string fault = fault_of_kind(page); !fault.empty()) return Judgement::blocked(std::move(fault));
  if (page.text->kind == PageKind::pdf)
    return Judgement::not_applicable(named(page) + " is a PDF, which plugvet does not read; read it yourself.");
  return std::nullopt;
}

std::vector<ReadPage> pages_with_text(const LegalPage& page) {
  std::vector<ReadPage> pages;
  if (page.text && page.text->kind == PageKind::content) pages.push_back({page.location, page.text.value()});
  for (const PrivacyPage& other : page.privacy)
    if (other.text && other.text->kind == PageKind::content) pages.push_back({other.url, other.text.value()});
  return pages;
}

std::vector<Sentence> sentences_of(const std::vector<ReadPage>& pages) {
  std::vector<Sentence> sentences;
  for (const ReadPage& page : pages) {
    std::string heading;
    for (const PageText::Paragraph& paragraph : page.text->paragraphs) {
      if (paragraph.is_heading) heading = folded(paragraph.text);
      for (const std::string_view sentence : plugvet::sentences_of(paragraph.text))
        sentences.push_back({sentence, folded(sentence), heading, paragraph.is_heading, &page});
    }
  }
  return sentences;
}

Quote quote_of(std::string_view name, const Sentence& sentence) {
  return {std::string{name}, shortened(sentence.text, longest_quote), sentence.page->location};
}

}  // namespace plugvet::checks
