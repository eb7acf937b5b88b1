#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/check.h"
#include "harness/support/word_lists.h"

namespace plugvet::checks {

// What the checks of the legal page's text have in common. One broken thing is one finding: a page that shows no text is
// legal/page-kind's or legal/content's, and the others are blocked by it.

/// "The legal page (https://acme.com/legal)"
std::string named(const LegalPage& page);

/// What is wrong with what the page shows to people; empty when it shows a text, or something that is not judged here.
std::string fault_of_kind(const LegalPage& page);

/// Why the text is not judged: blocked or not applicable. Empty: it is a text.
std::optional<Judgement> why_no_text(const LegalPage& page);

/// What legal/privacy-coverage says. Not applicable: a text that plugvet does not read may say what is missing.
Judgement privacy_coverage(const LegalPage& page);

/// A page that is a text: the legal page, or one on privacy beside it.
struct ReadPage {
  std::string location;
  const PageText* text = nullptr;
};
std::vector<ReadPage> pages_with_text(const LegalPage& page);

/// A sentence as it is written and as words are looked for in it.
struct Sentence {
  std::string_view text;
  std::string folded;
  std::string heading;  ///< folded: what it stands under
  bool is_heading = false;
  const ReadPage* page = nullptr;
};
/// The sentences of the pages' main content. They refer to the pages.
std::vector<Sentence> sentences_of(const std::vector<ReadPage>& pages);

/// The passage as the review shows it.
Quote quote_of(std::string_view name, const Sentence& sentence);

inline Location at_legal_page(std::string pointer = {}) {
  return {Artefact::legal_page, std::move(pointer), {}, {}};
}

}  // namespace plugvet::checks
