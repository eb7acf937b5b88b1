#include "checks/openapi.h"
#include "checks/schemas.h"

namespace plugvet::checks {
namespace {

Judgement answer_properties(const ApiDescription& api, const Parameters& limits) {
  return judge_properties(api, openapi::SchemaUse::output, limits);
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
