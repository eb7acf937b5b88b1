#include <algorithm>

#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool describes_throttling(const openapi::Operation& operation) {
  return std::ranges::any_of(operation.responses, [](const openapi::Response& response) {
    return response.status == "429" || response.status == "4XX" || response.status == "default";
  });
}

Judgement throttling_response(const ApiDescription& api) {
  const auto& operations = api.description->operations;
  if (operations.empty()) return Judgement::not_applicable("There are no operations (see api/operations).");
  if (std::ranges::any_of(operations, describes_throttling)) return Judgement::pass();
  return Judgement::fail(
      {api.at_name({0, "/paths"}),
       "None of " + counted(operations.size(), "operation") + " says what it answers to too many requests.",
       "a response of status 429",
       "none",
       {}});
}

}  // namespace

extern constinit const Check api_throttling_response = define_check<of_openapi_3<throttling_response>>({
    .id = "api/throttling-response",
    .title = "The API describes what it answers to too many requests",
    .requirement = "At least one operation has a response of status 429, 4XX or default.",
    .rationale =
        "Platforms slow down when they are answered 429, and disable what fails otherwise under load. An API without "
        "any limit is easily overrun by conversations.",
    .remedy = "Limit the rate of calls, answer 429 with Retry-After, and describe it.",
    .source = "OWASP API Security, rate-limit-responses-429; OpenAI, Plugins in production; OpenAI, GPT Actions in "
              "production",
    .passing = "'429': {description: Too many calls; the header Retry-After says when to try again.}",
    .failing = "responses: {'200': …, '400': …} everywhere",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
