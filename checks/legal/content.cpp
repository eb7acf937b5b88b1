#include <algorithm>

#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement of_problem(const Problem& problem) {
  if (problem.rung < Rung::content_type || problem.blame != Blame::submission) return Judgement::blocked(problem.what);
  return Judgement::fail({{Artefact::legal_page, {}, problem.position},
                          printable(problem.what),
                          "a page that people can read",
                          "something else",
                          problem.where});
}

Judgement content(const Result<LegalPage>& result, const Parameters& limits) {
  if (const Problem* problem = result.problem()) return of_problem(*problem);
  const LegalPage& page = *result;
  const Location where{Artefact::legal_page, {}, {}};
  const std::string shown = printable(shortened(page.location, 200));
  if (trimmed(page.body).empty())
    return Judgement::fail(
        {where, "The legal page (" + shown + ") is empty.", "a text", "an empty body", page.location});
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
    .requirement = "legal_info_url leads to a page with text: HTML, plain text, Markdown or PDF, not empty.",
    .rationale = "An empty page or a download of data tells nobody what they agree to.",
    .remedy = "Publish the terms as an HTML page or a PDF file and let legal_info_url lead directly to it.",
    .source = "OpenAI, Plugins: getting started (mid-2023); plugvet, own judgement",
    .passing = "Content-Type: text/html",
    .failing = "Content-Type: application/json",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
