#include <algorithm>

#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

bool needs_credentials(const openapi::Operation& operation) {
  return !operation.security.empty() &&
         std::ranges::none_of(operation.security, [](const auto& requirement) { return requirement.schemes.empty(); });
}

bool describes_missing_credentials(const openapi::Response& response) {
  return response.status == "401" || response.status == "403" || response.status == "4XX" ||
         response.status == "default";
}

Judgement unauthorized_response(const ApiDescription& api) {
  const auto& operations = api.description->operations;
  if (std::ranges::none_of(operations, needs_credentials))
    return Judgement::not_applicable("No operation needs credentials.");
  Judgement judgement;
  for (const openapi::Operation& operation : operations) {
    const openapi::Node responses = member(operation.node, "responses");
    if (!responses || operation.responses.empty() || !needs_credentials(operation)) continue;
    if (!describes_refusal(operation)) continue;  // api/error-responses
    if (std::ranges::any_of(operation.responses, describes_missing_credentials)) continue;
    judgement.findings.push_back({api.at_name(responses.place),
                                  spoken(operation) + " needs credentials and does not say what it answers without.",
                                  "a response of status 401",
                                  "none",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_unauthorized_response = define_check<of_openapi_3<unauthorized_response>>({
    .id = "api/unauthorized-response",
    .title = "Operations that need credentials describe the answer without",
    .requirement = "Among the refusals that an operation with a security requirement describes is one of status 401, 403, "
                   "4XX or default.",
    .rationale = "Status 401 is what makes a platform ask the user to sign in again; any other answer is taken for a "
                 "failure of the plugin.",
    .remedy = "Describe the response of status 401, and make sure that the API sends it.",
    .source = "OWASP API Security, define-error-responses-401; OpenAI, Plugin authentication",
    .passing = "security: [{bearerAuth: []}] with responses: {'200': …, '401': …}",
    .failing = "security: [{bearerAuth: []}] with responses: {'200': …, '400': …}",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
