#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"

namespace plugvet::checks {
namespace {

Judgement input_properties(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    if (schema.use != openapi::SchemaUse::input || !lacks_properties(schema)) return;
    findings.add([&]() -> Finding {
      return {api.at(schema.place()),
              spoken(schema) + " is an object whose properties are not listed." + said_by_platform(limits),
              "an object with properties",
              "an object without properties",
              {}};
    });
  });
  return std::move(findings).judgement();
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
