#include <nlohmann/json.hpp>
#include <unordered_map>
#include <vector>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t most_named = 5;

/// The keyword that would bound the value; empty when it is bounded.
std::string_view missing_bound(const Json& schema) {
  if (has_any(schema, {"enum", "const"}) || is_true(schema, "readOnly")) return {};
  if (has_type(schema, "string") && !has_any(schema, {"maxLength", "format", "pattern"})) return "maxLength";
  if (has_type(schema, "array") && !has_any(schema, {"maxItems"})) return "maxItems";
  if (!has_type(schema, "integer")) return {};
  if (!has_any(schema, {"minimum", "exclusiveMinimum"})) return "minimum";
  return has_any(schema, {"maximum", "exclusiveMaximum"}) ? "" : "maximum";
}

/// What one operation takes without bounds.
struct UnboundedInputs {
  const openapi::Operation* operation = nullptr;
  ApiPlace first;
  std::vector<std::string> named;
  std::size_t count = 0;
};

std::vector<UnboundedInputs> unbounded_inputs(const openapi::Description& description) {
  std::vector<UnboundedInputs> all;
  std::unordered_map<const openapi::Operation*, std::size_t> places;
  openapi::for_each_schema(description, [&](const openapi::Schema& schema) {
    if (schema.use != openapi::SchemaUse::input) return;
    const std::string_view bound = missing_bound(schema.value);
    if (bound.empty() || is_condition(schema)) return;
    const auto [at, is_new] = places.try_emplace(schema.operation, all.size());
    if (is_new) all.push_back({schema.operation, schema.place(), {}, 0});
    UnboundedInputs& inputs = all[at->second];
    if (inputs.count++ < most_named) inputs.named.push_back(spoken_within(schema) + " (no " + std::string(bound) + ")");
  });
  return all;
}

Judgement bounded_inputs(const ApiDescription& api) {
  FindingList findings{5};  // most descriptions bound nothing
  for (UnboundedInputs& inputs : unbounded_inputs(*api.description)) {
    findings.add([&]() -> Finding {
      if (inputs.count > most_named) inputs.named.push_back(std::to_string(inputs.count - most_named) + " more");
      return {api.at(inputs.first),
              spoken(*inputs.operation) + " takes values without bounds: " + listed(inputs.named) + '.',
              "maxLength, maxItems, minimum and maximum, or an enum or format",
              counted(inputs.count, "value") + " without bounds",
              {}};
    });
  }
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_bounded_inputs = define_check<of_openapi_3<bounded_inputs>>({
    .id = "api/bounded-inputs",
    .title = "What an operation takes has bounds",
    .requirement =
        "In parameters and request bodies, strings have maxLength, an enum, a format or a pattern; arrays have "
        "maxItems; integers have minimum and maximum.",
    .rationale =
        "Bounds tell the model what is sensible, and a text that somebody else smuggled into the conversation cannot "
        "make it send a million items.",
    .remedy = "State the bounds that the API enforces anyway.",
    .source = "OWASP API Security 2019, API4; OWASP LLM07 Insecure Plugin Design 1.1; Spectral OWASP ruleset",
    .passing = "limit: {type: integer, minimum: 1, maximum: 50}",
    .failing = "limit: {type: integer}",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
