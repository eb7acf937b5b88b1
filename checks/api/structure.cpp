#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement structure(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::StructureFault& fault : api.description->faults)
    if (!fault.is_ineffective) judgement.findings.push_back(finding_of(api, fault));
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_structure = define_check<of_openapi_3<structure>>({
    .id = "api/structure",
    .title = "The description is built as its OpenAPI version says",
    .requirement =
        "Every object of the description has the fields that OpenAPI requires and no others (except those that begin "
        "with x-), in their place, with values of their type.",
    .rationale =
        "Platforms drop what they do not expect, mostly without a word: the model then does not see a parameter, a "
        "limit or a whole operation that the author believes to be there.",
    .remedy =
        "Correct the place named. Misplaced fields come mostly from indentation, unknown ones from Swagger 2.0 or a "
        "typing error.",
    .source = "OpenAPI Specification 3.0.4 and 3.1.1; Spectral, oas3-schema; Redocly, spec",
    .passing = "required: [name] beside properties: {name: {type: string}}",
    .failing = "properties: {name: {type: string, required: true}}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
