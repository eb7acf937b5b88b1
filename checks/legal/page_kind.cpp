#include "checks/policy_page.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string_view kind_noun(PageKind kind) {
  switch (kind) {
    case PageKind::script_only:
      return "a page that scripts fill";
    case PageKind::login:
      return "a form to sign in";
    case PageKind::cookie_wall:
      return "a question about cookies";
    case PageKind::soft_404:
      return "a page for what is missing";
    default:
      return "bytes that are no text";
  }
}

Judgement page_kind(const LegalPage& page) {
  if (!page.text && page.text.problem()->blame == Blame::environment)
    return Judgement::blocked(page.text.problem()->what);
  if (page.text && page.text->kind == PageKind::pdf) return *why_no_text(page);
  std::string fault = fault_of_kind(page);
  if (fault.empty()) {
    auto obstacle = why_no_text(page);  // blank, or a download: legal/content's
    return obstacle ? *obstacle : Judgement::pass();
  }
  const std::string_view actual = page.text ? kind_noun(page.text->kind) : "a page that stops its reader";
  return Judgement::fail(
      {at_legal_page(), std::move(fault), "the text itself, for anybody who opens it", std::string{actual}, page.location});
}

}  // namespace

extern constinit const Check legal_page_kind = define_check<page_kind>({
    .id = "legal/page-kind",
    .title = "The legal page shows its text to everybody who opens it",
    .requirement =
        "legal_info_url answers with the text itself: not an empty frame that scripts fill, not a form to sign in, not a "
        "question about cookies, and not the page that the site answers for whatever does not exist.",
    .rationale =
        "All of these answer with status 200 and tell nobody what they agree to. People read terms without an account, "
        "and reviewers, archives and screen readers often without scripts.",
    .remedy =
        "Serve the text in the HTML itself, at an address of its own, and open it once in a private window without "
        "scripts.",
    .source = "plugvet, own judgement; OpenAI, Plugins: getting started (mid-2023), for the page",
    .passing = "<main><h1>Terms of use</h1><p>Acme Inc. operates …</p></main>",
    .failing = R"(<body><div id="root"></div><script src="/app.js"></script></body>)",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
