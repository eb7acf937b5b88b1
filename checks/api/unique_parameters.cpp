#include <set>
#include <tuple>
#include <unordered_set>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement unique_parameters(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  std::unordered_set<const Json*> reported;  // those of a path item are seen with each of its operations
  for (const openapi::Operation& operation : api.description->operations) {
    std::set<std::tuple<std::string_view, std::string_view>> seen;
    for (const openapi::Parameter& parameter : operation.parameters) {
      if (parameter.name.empty() || parameter.in.empty()) continue;
      if (seen.emplace(parameter.in, parameter.name).second || !reported.insert(parameter.written.value).second)
        continue;
      findings.add([&]() -> Finding {
        return {api.at(parameter.written.place),
                spoken(operation) + " has the parameter " + in_quotes(parameter.name) + " in " +
                    printable(shortened(parameter.in, 20)) + " twice." + said_by_platform(limits),
                "one parameter of this name in this place",
                "a second one",
                {}};
      });
    }
  }
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_unique_parameters = define_check<of_openapi_3<unique_parameters>>({
    .id = "api/unique-parameters",
    .title = "Each parameter of an operation is there once",
    .requirement =
        "No two parameters in one list have the same name and the same place (path, query, header, cookie). A "
        "parameter of an operation may replace one of its path.",
    .rationale =
        "Which of the two counts is up to the reader. OpenAI's skips the whole operation, and the plugin lacks it "
        "without a word.",
    .remedy = "Remove one of them, or rename it where both are meant.",
    .source =
        "OpenAPI Specification 3.1.1, Operation Object; messages of the GPT editor reported by developers; Redocly, "
        "operation-parameters-unique; Spectral, operation-parameters",
    .passing = "parameters: [{name: from, in: query, …}, {name: to, in: query, …}]",
    .failing = "parameters: [{name: id, in: query, …}, {name: id, in: query, …}]",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
