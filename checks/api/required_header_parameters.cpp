#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement required_header_parameters(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  for_each_unsent(*api.description, limits.list("sent"),
                  [&](const openapi::Operation& operation, const openapi::Parameter& parameter) {
                    if (!parameter.required || is_ignored_header(parameter)) return;
                    findings.add([&]() -> Finding {
                      return {api.at(parameter.node.place, "required"),
                              spoken(operation) + " requires the " + std::string(parameter.in) + ' ' +
                                  in_quotes(parameter.name) + ", which the platform does not send." +
                                  said_by_platform(limits),
                              "required parameters in path and query only",
                              "a required " + std::string(parameter.in),
                              {}};
                    });
                  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_required_header_parameters = define_check<of_openapi_3<required_header_parameters>>({
    .id = "api/required-header-parameters",
    .title = "No operation requires a header or a cookie",
    .requirement =
        "No parameter in header or cookie is required, except the headers that the platform itself sends.",
    .rationale =
        "Platforms pass what the model fills in by path, query and body only. They leave the header out and call all "
        "the same, and the API refuses every call.",
    .remedy =
        "Move it to the query or the body. A key or a token is described by a security scheme and set up with the "
        "platform.",
    .source =
        "Messages of the GPT editor reported by developers; OpenAI, GPT Actions in production: custom headers are not "
        "supported; Microsoft, Teams Toolkit, spec-parser",
    .passing = "{name: region, in: query, required: true, …}",
    .failing = "{name: X-Region, in: header, required: true, …}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
