#include <fmt/format.h>

#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement effective_fields(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::StructureFault& fault : api.description->faults)
    if (fault.is_ineffective) judgement.findings.push_back(finding_of(api, fault));
  for (const ApiPlace& place : api.description->siblings)
    judgement.findings.push_back({api.at(place),
                                  "What stands beside this $ref has no effect: the whole object is replaced by what it "
                                  "leads to.",
                                  "a $ref alone",
                                  "a $ref and other fields",
                                  {}});
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_effective_fields = define_check<of_openapi_3<effective_fields>>({
    .id = "api/effective-fields",
    .title = "Every field of the description has an effect",
    .requirement =
        "The description has no fields that its OpenAPI version ignores: nothing beside a $ref in 3.0, no nullable in "
        "3.1, no mistyped keyword of a 3.1 schema, no empty list of required properties.",
    .rationale =
        "What has no effect is not what its author meant: the model does not get the description that stands beside a "
        "$ref, nor the limit whose name is mistyped.",
    .remedy =
        "Move what stands beside a $ref into what it leads to, or wrap the $ref into allOf; write what the message "
        "proposes.",
    .source = "OpenAPI Specification 3.0.4, Reference Object; 3.1.1, Schema Object; Spectral, no-$ref-siblings",
    .passing = "allOf: [{$ref: '#/components/schemas/Todo'}] and description: The new todo.",
    .failing = "$ref: '#/components/schemas/Todo' and description: The new todo.",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
