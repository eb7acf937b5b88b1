#include <algorithm>

#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement content_type(const Fetches& fetches, const Result<ApiDescription>& api, const Parameters& limits) {
  const Problem* problem = api.problem();
  if (problem && problem->rung <= Rung::content_type) return Judgement::blocked(problem->what);
  const FoundFetch found = find_fetch(fetches, Artefact::api, problem);
  if (!found.fetch) return Judgement::blocked(found.missing_because);
  const Response* response = found.fetch->response();
  if (!response) return Judgement::blocked("There is no answer to judge.");
  const std::string type = response->media_type();
  const auto accepted = limits.list("accepted");
  if (std::find(accepted.begin(), accepted.end(), type) != accepted.end()) return Judgement::pass();
  const std::string actual = type.empty() ? "no Content-Type" : printable(shortened(type, 100));
  return Judgement::fail({found.fetch->named_by, named(*found.fetch) + " is sent with " + actual + ".",
                          "a media type of JSON or YAML", actual, found.fetch->final_url()});
}

}  // namespace

extern constinit const Check api_content_type = define_check<content_type>({
    .id = "api/content-type",
    .title = "The OpenAPI document is sent as JSON or YAML",
    .requirement = "The Content-Type of the OpenAPI document is one of JSON or YAML, not text/html.",
    .rationale = "Readers choose their parser by the declared type; some refuse what is declared as a web page.",
    .remedy = "Send \"Content-Type: application/json\" with JSON, \"text/yaml\" or \"application/yaml\" with YAML.",
    .source = "OpenAI, plugins-quickstart; plugvet, own judgement",
    .passing = "Content-Type: text/yaml",
    .failing = "Content-Type: text/html",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
