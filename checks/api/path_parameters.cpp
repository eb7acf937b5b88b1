#include <algorithm>
#include <set>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/paths.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_readable(const openapi::Parameter& parameter) {
  return parameter.node && !parameter.name.empty() && !parameter.in.empty();
}

std::set<std::string_view> unique_names(std::string_view path) {
  const std::vector<std::string_view> names = template_names(path);
  return {names.begin(), names.end()};
}

std::set<std::string_view> declared_names(const openapi::Operation& operation) {
  std::set<std::string_view> names;
  for (const openapi::Parameter& parameter : operation.parameters)
    if (parameter.in == "path") names.insert(parameter.name);
  return names;
}

Judgement path_parameters(const ApiDescription& api) {
  Judgement judgement;
  std::set<const Json*> unused;
  for (const openapi::Operation& operation : api.description->operations) {
    const auto& parameters = operation.parameters;
    const std::set<std::string_view> names = unique_names(operation.path);
    const std::set<std::string_view> declared = declared_names(operation);
    // What cannot be read may be the one that seems to be missing: api/references' or api/structure's.
    const bool all_readable = std::ranges::all_of(parameters, is_readable);
    for (const std::string_view name : names) {
      if (declared.contains(name) || !all_readable || is_blank(name)) continue;
      judgement.findings.push_back({api.at_name(operation.node.place),
                                    spoken(operation) + " does not describe the parameter " + in_quotes(name) +
                                        " of its path, so the address cannot be built.",
                                    "a parameter " + in_quotes(name) + " in path, required: true",
                                    "none",
                                    {}});
    }
    for (const openapi::Parameter& parameter : parameters) {
      if (!is_readable(parameter) || parameter.in != "path") continue;
      if (names.contains(parameter.name)) continue;
      if (!unused.insert(parameter.written.value).second) continue;  // of a path item: once, not for each operation
      judgement.findings.push_back({api.at(parameter.written.place),
                                    spoken(operation) + " has the parameter " + in_quotes(parameter.name) +
                                        " in path, and the path does not contain it.",
                                    "a path with {" + printable(shortened(parameter.name, 60)) + "}",
                                    in_quotes(operation.path, 100),
                                    {}});
    }
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_path_parameters = define_check<of_openapi_3<path_parameters>>({
    .id = "api/path-parameters",
    .title = "Paths and their parameters match",
    .requirement = "Every {name} in a path is a parameter in path of each of its operations, and every parameter in "
                   "path is in the path.",
    .rationale = "The address of the call cannot be built otherwise: what is between the braces is sent as it is.",
    .remedy = "Describe the parameter with in: path and required: true, or correct the name; capitals count.",
    .source = "OpenAPI 3, Path Templating; Spectral, path-params; Redocly, path-parameters-defined",
    .passing = "/todos/{id}: {get: {parameters: [{name: id, in: path, required: true, …}]}}",
    .failing = "/todos/{id}: {get: {parameters: []}}",
});

}  // namespace plugvet::checks
