#include "checks/policy_page.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// What nobody but a person can read, in a sentence; empty: nothing.
std::string left_unread(const LegalPage& page) {
  if (page.text->kind == PageKind::pdf)
    return "The legal page is a PDF; plugvet does not read it: read it yourself (" +
           printable(shortened(page.location, 200)) + ").";
  // Of a page that is too short to tell its language, legal/substance says that.
  return page.text->language.empty() ? std::string{} : privacy_coverage(page).not_applicable_because;
}

Judgement unread_text(const LegalPage& page) {
  const auto obstacle = why_no_text(page);
  if (obstacle && obstacle->not_applicable_because.empty()) return *obstacle;
  std::string unread = left_unread(page);
  if (unread.empty()) return Judgement::pass();
  return Judgement::fail({at_legal_page(), std::move(unread), "a text that a person has read", "a text that was not read",
                          page.location});
}

}  // namespace

extern constinit const Check legal_unread_text = define_check<unread_text>({
    .id = "legal/unread-text",
    .title = "Nothing of the legal page is left unread",
    .requirement =
        "The legal page and the pages on privacy beside it are texts that plugvet reads: no PDF, a language that it has "
        "words for, on the plugin's own site. Whatever else there is, a person reads.",
    .rationale = "The checks of the text say nothing of a text that they cannot read, and their silence is no approval.",
    .remedy = "Publish the text as an HTML page as well; then it is checked like any other.",
    .source = "plugvet, own judgement",
    .passing = "Content-Type: text/html",
    .failing = "Content-Type: application/pdf",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
