#include <string>
#include <unordered_map>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement operation_id_case(const ApiDescription& api) {
  std::unordered_map<std::string, const openapi::Operation*> first;
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (is_blank(operation.id)) continue;  // api/operation-id
    const auto [other, is_new] = first.try_emplace(to_lower_ascii(operation.id), &operation);
    if (is_new || other->second->id == operation.id) continue;  // equal ones are api/operation-id-uniqueness'
    judgement.findings.push_back(
        {api.at(operation.node.place, "operationId"),
         spoken(operation) + " and " + spoken(*other->second) + " have names that differ in capitals only.",
         "a name that differs in more than capitals",
         in_quotes(operation.id),
         {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_id_case = define_check<of_openapi_3<operation_id_case>>({
    .id = "api/operation-id-case",
    .title = "The names of operations differ in more than capitals",
    .requirement = "No two values of operationId are equal when capitals are not regarded.",
    .rationale = "A model mixes them up, and generated code in languages without regard to capitals collides.",
    .remedy = "Give one of the two a name that says what is different about it.",
    .source = "plugvet, own judgement; Spectral, operation-operationId-unique",
    .passing = "operationId: getTodo and operationId: getTodoHistory",
    .failing = "operationId: getTodo and operationId: gettodo",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
