#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement method_body(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (!operation.request_body || (operation.method != "get" && operation.method != "delete")) continue;
    judgement.findings.push_back({api.at_name(operation.request_body->written.place),
                                  spoken(operation) + " has a request body, which may never arrive.",
                                  "parameters in path or query",
                                  "a request body",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_method_body = define_check<of_openapi_3<method_body>>({
    .id = "api/method-body",
    .title = "GET and DELETE have no request body",
    .requirement = "Operations with the methods get and delete have no requestBody.",
    .rationale =
        "HTTP gives such a body no meaning: clients do not send it, proxies drop it, and OpenAPI 3.0 ignores it. "
        "OpenAI's own first sample deletes by an index in the body.",
    .remedy = "Make parameters in path or query of its members, or use POST.",
    .source = "RFC 9110, sections 9.3.1 and 9.3.5; OpenAPI 3.0, Operation Object; OpenAI, plugins-quickstart",
    .passing = "DELETE /todos/{id}",
    .failing = "DELETE /todos with {\"id\": 3}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
