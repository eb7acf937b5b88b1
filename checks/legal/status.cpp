#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement status(const Fetches& fetches, const Result<LegalPage>& page) {
  const FoundFetch found = find_fetch(fetches, Artefact::legal_page, page.problem());
  if (!found.fetch) return Judgement::blocked(found.missing_because);
  return judge_status(*found.fetch, "People who ask for the plugin's terms find none.");
}

}  // namespace

extern constinit const Check legal_status = define_check<status>({
    .id = "legal/status",
    .title = "The legal page's address answers with status 200",
    .requirement = "The address in legal_info_url answers with status 200.",
    .rationale = "A dead link leaves people without the terms and without a way to learn what happens to their data.",
    .remedy = "Publish the page, and open the link once without being signed in.",
    .source = "OpenAI, Plugins: getting started (mid-2023); plugvet, own judgement",
    .passing = "HTTP/1.1 200 OK",
    .failing = "HTTP/1.1 404 Not Found",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
