#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"

namespace plugvet::checks {
namespace {

bool lacks_items(const openapi::Schema& schema) {
  return has_type(schema.value, "array") &&
         !has_any(schema.value, {"items", "prefixItems", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"}) &&
         !is_condition(schema);
}

Judgement array_items(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    if (!lacks_items(schema)) return;
    findings.add([&]() -> Finding {
      return {api.at(schema.place()),
              spoken(schema) + " is an array whose items are not described." + said_by_platform(limits),
              "a member items",
              "no such member",
              {}};
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_array_items = define_check<of_openapi_3<array_items>>({
    .id = "api/array-items",
    .title = "Arrays say what their items are",
    .requirement = "Every schema of type array has items (OpenAPI 3.1: or prefixItems).",
    .rationale =
        "OpenAPI 3.0 demands it. A model that does not know what to put into a list guesses, and OpenAI's functions "
        "refuse such a schema.",
    .remedy = "Add items with the schema of one item.",
    .source =
        "OpenAPI Specification 3.0.4, Schema Object; OpenAI, function calling: error messages reported by developers; "
        "Spectral, array-items",
    .passing = "tags: {type: array, items: {type: string}}",
    .failing = "tags: {type: array}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
