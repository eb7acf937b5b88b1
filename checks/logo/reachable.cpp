#include "checks/placeholders.h"
#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement reachable(const Manifest& manifest, const Result<Logo>& logo, const Fetches& fetches) {
  const std::string* url = manifest.text("/logo_url");
  if (url && is_relative_reference(*url))
    return Judgement::blocked("logo_url is no absolute URL (see manifest/url-shape).");
  const FoundFetch found = find_fetch(fetches, Artefact::logo, logo.problem());
  if (!found.fetch) return Judgement::blocked(found.missing_because);
  return judge_status(*found.fetch, "There is no logo at this address.");
}

}  // namespace

extern constinit const Check logo_reachable = define_check<reachable>({
    .id = "logo/reachable",
    .title = "The logo can be fetched",
    .requirement = "logo_url answers a plain GET with status 200 and a body that is not empty.",
    .rationale =
        "The logo is required and shown wherever the plugin is offered; a missing one shows as a broken image.",
    .remedy = "Open logo_url in a private browser window; it must show the image, without signing in.",
    .source = "OpenAI, Getting started (late 2023): logo_url",
    .passing = "HTTP/1.1 200 OK, Content-Type: image/png",
    .failing = "HTTP/1.1 404 Not Found",
});

}  // namespace plugvet::checks
