#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement status(const Fetches& fetches, const Result<ApiDescription>& api) {
  const FoundFetch found = find_fetch(fetches, Artefact::api, api.problem());
  if (!found.fetch) return Judgement::blocked(found.missing_because);
  const bool was_submitted = found.fetch->named_by.artefact == Artefact::submission;
  return judge_status(*found.fetch, was_submitted ? advice_on_submitted_address
                                                  : "Look at the address: it must be that of the document itself.");
}

}  // namespace

extern constinit const Check api_status = define_check<status>({
    .id = "api/status",
    .title = "The OpenAPI document's address answers with status 200",
    .requirement = "The address of the OpenAPI document answers with a complete HTTP response of status 200.",
    .rationale = "Without the document the model knows no operation, and nothing else about the API can be reviewed.",
    .remedy = "Make sure that a plain GET of the document's address answers 200 on the deployed host.",
    .source = "OpenAI, Plugins: getting started (mid-2023); OpenAI, plugins-quickstart",
    .passing = "HTTP/1.1 200 OK",
    .failing = "HTTP/1.1 500 Internal Server Error",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
