#include "checks/openapi.h"
#include "checks/schemas.h"

namespace plugvet::checks {
namespace {

Judgement input_properties(const ApiDescription& api, const Parameters& limits) {
  return judge_properties(api, openapi::SchemaUse::input, limits);
}

}  // namespace

extern constinit const Check api_input_properties = define_check<of_openapi_3<input_properties>>({
    .id = "api/input-properties",
    .title = "Objects that an operation takes list their properties",
    .requirement =
        "Every schema of type object in parameters and request bodies has properties, itself or in the schemas that "
        "it is composed of.",
    .rationale =
        "The model can only send properties that are listed. What is not is dropped, whatever additionalProperties "
        "says, or fails with UnrecognizedKwargsError; GPT Actions refuse the schema.",
    .remedy =
        "List every property that the API takes. In place of a map, take an array of objects with a name and a value.",
    .source = "Messages of the GPT editor and of its calls reported by developers",
    .passing = "labels: {type: array, items: {type: object, properties: {name: {…}, value: {…}}}}",
    .failing = "labels: {type: object, additionalProperties: true}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
