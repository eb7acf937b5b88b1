#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement operation_id(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    const openapi::Node id = member(operation.node, "operationId");
    if (id && (!id.value->is_string() || !is_blank(operation.id))) continue;  // what is no text is api/structure's
    judgement.findings.push_back({id ? api.at(id.place) : api.at_name(operation.node.place),
                                  spoken(operation) + (id ? " has a blank operationId." : " has no operationId."),
                                  "an operationId",
                                  id ? "a blank text" : "none",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_id = define_check<of_openapi_3<operation_id>>({
    .id = "api/operation-id",
    .title = "Every operation has a name",
    .requirement = "Every operation has an operationId that is not blank.",
    .rationale =
        "It becomes the name of the function that the model calls. Platforms leave out an operation without one, or "
        "invent a name that nobody chose.",
    .remedy = "Give the operation an operationId of verb and noun, such as listTodos.",
    .source = "Microsoft, OpenAPI document guidance; error messages of the GPT editor; Spectral, operation-operationId",
    .passing = "get: {operationId: listTodos}",
    .failing = "get: {summary: List the todos}",
});

}  // namespace plugvet::checks
