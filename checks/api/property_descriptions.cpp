#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement property_descriptions(const ApiDescription& api) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    if (schema.use != openapi::SchemaUse::input) return;
    const Json* properties = member_of(schema.value, "properties");
    const auto* members = properties ? properties->get_ptr<const Json::object_t*>() : nullptr;
    if (!members || is_condition(schema)) return;
    for (const auto& [name, property] : *members) {
      if (!property.is_object() || is_true(property, "readOnly") || is_described(*api.description, property)) continue;
      findings.add([&]() -> Finding {
        ApiPlace place = schema.place();
        place.pointer = join_pointer(place.pointer + "/properties", name);
        return {api.at_name(place),
                spoken(schema) + ": the property " + in_quotes(name) + " has no description.",
                "a description",
                "no description",
                {}};
      });
    }
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_property_descriptions = define_check<of_openapi_3<property_descriptions>>({
    .id = "api/property-descriptions",
    .title = "Every property that an operation takes has a description",
    .requirement =
        "Every property of a request body, at every depth, has a description that is not blank: its own, or that of "
        "the schema it refers to. Properties that are readOnly are not sent and need none.",
    .rationale =
        "To the model a property of the body is a parameter like any other: by its description it decides what to "
        "put there.",
    .remedy = "Say in one sentence what the property means and in which format it is written.",
    .source =
        "OpenAI, Plugins: getting started (spring 2023); Microsoft, How to make an OpenAPI document effective in "
        "extending Copilot",
    .passing = "due: {type: string, format: date, description: 'The day by which it is to be done.'}",
    .failing = "due: {type: string, format: date}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
