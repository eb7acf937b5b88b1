#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/openapi.h"
#include "checks/paths.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// What a reference leads to may have operations; that it leads nowhere is api/references' finding.
bool has_unresolved_path(const ApiDescription& api, const Json::object_t& paths) {
  return std::ranges::any_of(paths, [&](const auto& path) {
    const openapi::Node item{&path.second, {}};
    return text_of(path.second, "$ref") && !api.description->resolved(item);
  });
}

Judgement operations(const ApiDescription& api, const Parameters& limits) {
  const openapi::Description& description = *api.description;
  if (!description.operations.empty()) return Judgement::pass();
  const Json::object_t* paths = paths_of(api);
  const bool may_be_missing = description.version == openapi::Version::v3_1 && !member(description.root, "paths");
  if (!paths && !may_be_missing) return no_paths();
  if (paths && has_unresolved_path(api, *paths))
    return Judgement::not_applicable("The paths are elsewhere, and cannot be read (see api/references).");
  std::string message = "The document describes no operation.";
  message += said_by_platform(limits);
  return Judgement::fail({api.at("/paths"), std::move(message), "at least one operation", "none", {}});
}

}  // namespace

extern constinit const Check api_operations = define_check<of_openapi_3<operations>>({
    .id = "api/operations",
    .title = "The OpenAPI document describes an operation",
    .requirement = "At least one path has an operation. Webhooks and components are none.",
    .rationale = "A model can call nothing else: without operations the plugin can do nothing.",
    .remedy = "Describe under paths what the model may call.",
    .source = "OpenAI, Getting started (2023); Microsoft, Teams Toolkit, spec-parser: no-supported-api",
    .passing = "paths: {/todos: {get: …}}",
    .failing = "paths: {}",
});

}  // namespace plugvet::checks
