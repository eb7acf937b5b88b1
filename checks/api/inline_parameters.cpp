#include <unordered_set>

#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement inline_parameters(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  std::unordered_set<const Json*> seen;
  for (const openapi::Operation& operation : api.description->operations) {
    for (const openapi::Parameter& parameter : operation.parameters) {
      // What leads nowhere is one broken thing: api/references says so.
      if (!parameter.is_reference || !parameter.node || !seen.insert(parameter.written.value).second) continue;
      findings.add([&]() -> Finding {
        return {api.at(parameter.written.place, "$ref"),
                spoken(operation, parameter) + " is written as a reference." + said_by_platform(limits),
                "the parameter itself",
                "a reference",
                {}};
      });
    }
  }
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_inline_parameters = define_check<of_openapi_3<inline_parameters>>({
    .id = "api/inline-parameters",
    .title = "Parameters are written where they are used",
    .requirement = "Parameters of paths and operations are written in place, not as a $ref. Schemas may be references.",
    .rationale =
        "The description is valid, but OpenAI's reader follows no reference here: it sees a parameter without a name "
        "and drops the whole operation. No document of 374 approved plugins has such a reference.",
    .remedy = "Copy the parameter to where it is used. Its schema may stay a $ref into components.",
    .source = "Messages of the GPT editor reported by developers",
    .passing = "parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/Words'}}]",
    .failing = "parameters: [{$ref: '#/components/parameters/Words'}]",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
