#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement content_type(const Fetches& fetches, const Result<ApiDescription>& api, const Parameters& limits) {
  return judge_media_type(fetches, Artefact::api, api.problem(), limits.list("accepted"), "with",
                          "a media type of JSON or YAML");
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
