#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement api_redirect(const Fetches& fetches, const Result<ApiDescription>& api) {
  const FoundFetch found = find_fetch(fetches, Artefact::api, api.problem());
  if (!found.fetch) return Judgement::blocked(found.missing_because);
  const Fetch& fetch = *found.fetch;
  if (fetch.problem) return Judgement::blocked(fetch.problem->what);
  const auto redirects = fetch.redirects();
  if (redirects.empty()) return Judgement::pass();
  return Judgement::fail({fetch.named_by,
                          "The address of the OpenAPI document answers with status " + status_text(redirects.front()->response->status) +
                              " and leads to " + printable(shortened(fetch.final_url(), 200)) +
                              ". Redirects are not guaranteed to be followed.",
                          "the document itself", counted(redirects.size(), "redirect"), fetch.requested_url()});
}

}  // namespace

extern constinit const Check transport_api_redirect = define_check<api_redirect>({
    .id = "transport/api-redirect",
    .title = "The OpenAPI document is served without a redirect",
    .requirement = "The address in api.url answers with the OpenAPI document itself, not with a redirect to it.",
    .rationale = "OpenAI's documents say that redirects are not guaranteed to be followed here.",
    .remedy = "Write the final address into api.url. Look for a missing or extra trailing slash and for www.",
    .source = "OpenAI, Plugins in production (2023-09)",
    .passing = "HTTP/1.1 200 OK",
    .failing = "HTTP/1.1 308 Permanent Redirect, Location: /openapi.yaml/",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
