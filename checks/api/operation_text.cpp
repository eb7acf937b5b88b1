#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// What is no text is api/structure's.
bool is_no_text(const openapi::Node& node) {
  return node && !node.value->is_string();
}

Judgement operation_text(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (!is_blank(operation.summary) || !is_blank(operation.description)) continue;
    if (is_no_text(member(operation.node, "summary")) || is_no_text(member(operation.node, "description"))) continue;
    judgement.findings.push_back({api.at_name(operation.node.place),
                                  spoken(operation) + " has neither summary nor description.",
                                  "a summary or a description",
                                  "neither",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_text = define_check<of_openapi_3<operation_text>>({
    .id = "api/operation-text",
    .title = "Every operation says what it does",
    .requirement = "Every operation has a summary or a description that is not blank.",
    .rationale =
        "The model chooses an operation by these texts. Without them it has the name alone and guesses; 22 of 373 "
        "approved plugins let it.",
    .remedy = "Say in one sentence what the operation does, and when it is the right one.",
    .source = "OpenAI, Getting started (spring 2023); Microsoft, OpenAPI document guidance; Redocly, operation-summary",
    .passing = "get: {operationId: listTodos, summary: List the todos}",
    .failing = "get: {operationId: listTodos}",
});

}  // namespace plugvet::checks
