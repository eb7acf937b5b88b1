#include <unordered_map>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement operation_id_uniqueness(const ApiDescription& api) {
  std::unordered_map<std::string_view, const openapi::Operation*> first;
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (is_blank(operation.id)) continue;  // api/operation-id
    const auto [other, is_new] = first.try_emplace(operation.id, &operation);
    if (is_new) continue;
    judgement.findings.push_back({api.at(operation.node.place, "operationId"),
                                  spoken(operation) + " has the same name as " + spoken(*other->second) + ".",
                                  "a name that no other operation has",
                                  in_quotes(operation.id),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_id_uniqueness = define_check<of_openapi_3<operation_id_uniqueness>>({
    .id = "api/operation-id-uniqueness",
    .title = "No two operations have the same name",
    .requirement = "Every operationId occurs once in the document.",
    .rationale = "Two functions of one name cannot both be called: one of them is lost, or the document is refused.",
    .remedy = "Give one of the two another operationId.",
    .source = "OpenAPI 3, Operation Object; Spectral, operation-operationId-unique",
    .passing = "operationId: listTodos and operationId: addTodo",
    .failing = "operationId: todos and operationId: todos",
});

}  // namespace plugvet::checks
