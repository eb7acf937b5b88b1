#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string what_happens(const openapi::Parameter& parameter) {
  if (is_ignored_header(parameter)) return "which OpenAPI says is ignored here.";
  return "which the platform does not send.";
}

Judgement header_parameters(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  for_each_unsent(*api.description, limits.list("sent"),
                  [&](const openapi::Operation& operation, const openapi::Parameter& parameter) {
                    if (parameter.required && !is_ignored_header(parameter)) return;  // api/required-header-parameters
                    findings.add([&]() -> Finding {
                      return {api.at(parameter.node.place),
                              spoken(operation) + " has the " + std::string(parameter.in) + " parameter " +
                                  in_quotes(parameter.name) + ", " + what_happens(parameter) +
                                  said_by_platform(limits),
                              "parameters in path and query only",
                              "a " + std::string(parameter.in),
                              {}};
                    });
                  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_header_parameters = define_check<of_openapi_3<header_parameters>>({
    .id = "api/header-parameters",
    .title = "Operations take nothing by header or cookie",
    .requirement =
        "No operation has a parameter in header or cookie, except the headers that the platform itself sends.",
    .rationale =
        "Platforms pass what the model fills in by path, query and body only, and leave such parameters out. What "
        "they would change never happens.",
    .remedy =
        "Move it to the query or the body, or remove it. Authorization is described by a security scheme, Accept and "
        "Content-Type by the media types of answers and bodies.",
    .source =
        "Messages of the GPT editor reported by developers; OpenAI, GPT Actions in production: custom headers are not "
        "supported; OpenAPI Specification 3.1.1, Parameter Object; Microsoft, Teams Toolkit, spec-parser",
    .passing = "{name: language, in: query, …}",
    .failing = "{name: Accept-Language, in: header, …}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
