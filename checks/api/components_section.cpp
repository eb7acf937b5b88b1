#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement components_section(const ApiDescription& api, const Parameters& limits) {
  if (openapi::member(api.description->root, "components")) return Judgement::pass();
  return Judgement::fail({api.at(ApiPlace{}),
                          "The document has no components section." + said_by_platform(limits),
                          "components with a member schemas, which may be empty",
                          "no such member",
                          {}});
}

}  // namespace

extern constinit const Check api_components_section = define_check<of_openapi_3<components_section>>({
    .id = "api/components-section",
    .title = "The document has a components section",
    .requirement = "The document has a components section with a member schemas; both may be empty.",
    .rationale =
        "OpenAPI does not ask for it, and 109 of 374 approved plugins had none; yet developers report that OpenAI's "
        "readers refused documents without it.",
    .remedy = "Add components: {schemas: {}} to the document.",
    .source = "Messages of the plugin platform and of the GPT editor reported by developers",
    .passing = "components: {schemas: {}}",
    .failing = "a document that ends with its paths",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
