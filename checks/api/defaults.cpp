#include <nlohmann/json.hpp>

#include "checks/instances.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"

namespace plugvet::checks {
namespace {

Judgement defaults(const ApiDescription& api) {
  InstanceJudge judge{api, "the default"};
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    if (!member_of(schema.value, "default")) return;
    const openapi::Node node{&schema.value, schema.place()};
    judge.judge(openapi::member(node, "default"), node, InstanceJudge::Way::either, [&] { return spoken(schema); });
  });
  return std::move(judge).judgement();
}

}  // namespace

extern constinit const Check api_defaults = define_check<of_openapi_3<defaults>>({
    .id = "api/defaults",
    .title = "Defaults match their schemas",
    .requirement = "The default of every schema is valid by that schema.",
    .rationale =
        "A default says what the API does when the value is left out. One that could never be sent says that the "
        "schema or the default is wrong, and the model takes it for an allowed value.",
    .remedy = "Correct the default, or add it to what the schema allows. Numbers stand without quotes.",
    .source = "OpenAPI Specification 3.0.4, Schema Object: default; Spectral, oas3-valid-schema-example",
    .passing = "limit: {type: integer, default: 10, maximum: 50}",
    .failing = "limit: {type: integer, default: '10', maximum: 50}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
