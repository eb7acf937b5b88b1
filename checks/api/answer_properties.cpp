#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"

namespace plugvet::checks {
namespace {

Judgement answer_properties(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    if (schema.use != openapi::SchemaUse::output || !lacks_properties(schema)) return;
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

extern constinit const Check api_answer_properties = define_check<of_openapi_3<answer_properties>>({
    .id = "api/answer-properties",
    .title = "Objects in answers list their properties",
    .requirement =
        "Every schema of type object in an answer has properties, itself or in the schemas that it is composed of.",
    .rationale =
        "The model knows from them what an operation gives before it calls it. GPT Actions complain about an object "
        "without properties in answers too.",
    .remedy = "List the properties. Where names are free, properties: {} beside additionalProperties says so.",
    .source = "Messages of the GPT editor reported by developers",
    .passing = "schema: {type: object, properties: {todos: {…}}}",
    .failing = "schema: {type: object}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
