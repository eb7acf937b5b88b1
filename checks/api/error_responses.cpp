#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement error_responses(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    const openapi::Node responses = member(operation.node, "responses");
    if (!responses || operation.responses.empty()) continue;  // api/structure's, api/success-response's
    if (describes_refusal(operation)) continue;
    judgement.findings.push_back({api.at_name(responses.place),
                                  spoken(operation) + " does not say how it refuses a wrong call.",
                                  "a response of status 4xx, or default",
                                  "none",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_error_responses = define_check<of_openapi_3<error_responses>>({
    .id = "api/error-responses",
    .title = "Every operation describes how it refuses a wrong call",
    .requirement = "Every operation has a response of a status from 400 to 499, of 4XX, or default.",
    .rationale =
        "A model that knows what a refusal says corrects its call, or tells the user what is missing. Two of three "
        "approved plugins describe none.",
    .remedy = "Describe the error that the API sends, at least as status 400, with the member that explains it.",
    .source = "Redocly, operation-4xx-response; OWASP API Security, define-error-validation; OpenAI, Plugin review "
              "process: informative errors",
    .passing = "responses: {'200': …, '400': …}",
    .failing = "responses: {'200': …}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
