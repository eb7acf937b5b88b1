#include <algorithm>

#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

bool is_success(const openapi::Response& response) {
  return response.status.starts_with('2') || response.status.starts_with('3') || response.status == "default";
}

// No responses at all: api/structure's, where OpenAPI wants some.
bool is_unsaid(const ApiDescription& api, const openapi::Operation& operation) {
  if (!operation.responses.empty()) return false;
  return api.description->version == openapi::Version::v3_0 || member(operation.node, "responses");
}

Judgement success_response(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (is_unsaid(api, operation) || std::ranges::any_of(operation.responses, is_success)) continue;
    const openapi::Node responses = member(operation.node, "responses");
    judgement.findings.push_back({api.at_name(responses ? responses.place : operation.node.place),
                                  spoken(operation) + " does not say what it answers when all is well.",
                                  "a response of status 2xx",
                                  operation.responses.empty() ? "no response" : "others only",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_success_response = define_check<of_openapi_3<success_response>>({
    .id = "api/success-response",
    .title = "Every operation describes its success",
    .requirement = "Every operation has a response of a status from 200 to 399, of 2XX or 3XX, or default.",
    .rationale = "The model has to know what it gets, to choose the operation and to read the answer.",
    .remedy = "Describe the response of status 200 (201, 204).",
    .source = "Spectral, operation-success-response; Redocly, operation-2xx-response; Microsoft, OpenAPI document "
              "guidance",
    .passing = "responses: {'200': …, '404': …}",
    .failing = "responses: {'404': …}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
