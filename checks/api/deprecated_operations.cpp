#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement deprecated_operations(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (!operation.deprecated) continue;
    judgement.findings.push_back({api.at_name(member(operation.node, "deprecated").place),
                                  spoken(operation) + " is deprecated and is offered to the model nevertheless.",
                                  "operations that will stay",
                                  "deprecated: true",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_deprecated_operations = define_check<of_openapi_3<deprecated_operations>>({
    .id = "api/deprecated-operations",
    .title = "No operation is deprecated",
    .requirement = "No operation has deprecated: true.",
    .rationale = "A model does not read the flag and calls the old operation as readily as the new one.",
    .remedy = "Leave the operation out of the document that the model sees.",
    .source = "OpenAPI 3, Operation Object: deprecated; OpenAI, Plugin introduction: expose what is needed",
    .passing = "get: {operationId: listTodos}",
    .failing = "get: {operationId: listTodosOld, deprecated: true}",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
