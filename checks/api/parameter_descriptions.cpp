#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_parameter_described(const openapi::Description& description, const openapi::Parameter& parameter) {
  return !is_blank(parameter.description) ||
         (parameter.schema && is_described(description, *parameter.schema.value));
}

Judgement parameter_descriptions(const ApiDescription& api) {
  FindingList findings;
  for_each_parameter(*api.description, [&](const openapi::Operation& operation, const openapi::Parameter& parameter) {
    if (is_parameter_described(*api.description, parameter)) return;
    findings.add([&]() -> Finding {
      return {api.at(parameter.node.place),
              spoken(operation, parameter) + " has no description.",
              "a description",
              parameter.description.empty() ? "no description" : "white space",
              {}};
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_parameter_descriptions = define_check<of_openapi_3<parameter_descriptions>>({
    .id = "api/parameter-descriptions",
    .title = "Every parameter has a description",
    .requirement =
        "Every parameter in path and query has a description that is not blank: its own, or that of its schema.",
    .rationale =
        "The model decides by it what to pass. From the name alone it guesses the unit, the format, and what happens "
        "when the parameter is left out.",
    .remedy =
        "Say in one sentence what the parameter does, in which format it is written, and what applies without it.",
    .source =
        "OpenAI, Plugins: getting started (spring 2023); Microsoft, How to make an OpenAPI document effective in "
        "extending Copilot; Spectral, oas3-parameter-description",
    .passing = "{name: q, in: query, description: 'Words that the title contains.', schema: {type: string}}",
    .failing = "{name: q, in: query, schema: {type: string}}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
