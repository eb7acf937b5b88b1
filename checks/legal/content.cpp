#include <algorithm>

#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement content(const LegalPage& page, const Parameters& limits) {
  const Location where{Artefact::legal_page, {}, {}};
  const std::string shown = printable(shortened(page.location, 200));
  if (is_blank(page.body))
    return Judgement::fail({where, "The legal page (" + shown + ") is blank.", "a text", "white space", page.location});
  const auto accepted = limits.list("accepted");
  if (page.media_type.empty() || std::find(accepted.begin(), accepted.end(), page.media_type) != accepted.end())
    return Judgement::pass();
  const std::string type = printable(shortened(page.media_type, 100));
  return Judgement::fail(
      {where, "The legal page (" + shown + ") is sent as " + type + ", which browsers do not show as a text.",
       listed(accepted, "or"), type, page.location});
}

}  // namespace

extern constinit const Check legal_content = define_check<content>({
    .id = "legal/content",
    .title = "The legal page is a text that people can read",
    .requirement = "legal_info_url leads to a page with text: HTML, plain text, Markdown or PDF, not blank.",
    .rationale = "A blank page or a download of data tells nobody what they agree to.",
    .remedy = "Publish the terms as an HTML page or a PDF file and let legal_info_url lead directly to it.",
    .source = "OpenAI, Plugins: getting started (mid-2023); plugvet, own judgement",
    .passing = "Content-Type: text/html",
    .failing = "Content-Type: application/json",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
