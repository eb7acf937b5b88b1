#include <nlohmann/json.hpp>

#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement components_schemas(const ApiDescription& api, const Parameters& limits) {
  const openapi::Node components = openapi::member(api.description->root, "components");
  if (!components)
    return Judgement::not_applicable("The document has no components section (see api/components-section).");
  // A section or schemas of the wrong type are api/structure's.
  if (!components.value->is_object() || openapi::member(components, "schemas")) return Judgement::pass();
  return Judgement::fail({api.at_name(components.place),
                          "The components section has no schemas." + said_by_platform(limits),
                          "a member schemas, which may be empty",
                          "no such member",
                          {}});
}

}  // namespace

extern constinit const Check api_components_schemas = define_check<of_openapi_3<components_schemas>>({
    .id = "api/components-schemas",
    .title = "The components section has schemas",
    .requirement = "Where there is a components section, it has a member schemas that is an object. It may be empty.",
    .rationale =
        "OpenAPI does not ask for it, but OpenAI's readers do: the plugin installs well and breaks when the first "
        "conversation begins. No document of 374 approved plugins lacks it.",
    .remedy = "Add schemas: {} to components.",
    .source = "Messages of the plugin platform and of the GPT editor reported by developers",
    .passing = "components: {securitySchemes: {…}, schemas: {}}",
    .failing = "components: {securitySchemes: {…}}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
