#include <array>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"

namespace plugvet::checks {
namespace {

bool is_null_schema(const Json& schema) {
  return has_type(schema, "null") && !excludes_type(schema, "null") && schema.size() == 1;
}

/// One schema, to give a reference a description of its own, or one beside "or null".
bool is_plain(const Json& parts) {
  if (!parts.is_array() || parts.size() > 2) return false;
  return parts.size() < 2 || is_null_schema(parts[0]) || is_null_schema(parts[1]);
}

/// The keyword that composes the schema of others; empty: none does.
std::string_view composition_of(const Json& schema) {
  for (const std::string_view keyword : {"allOf", "anyOf", "oneOf", "not"}) {
    const Json* parts = member_of(schema, keyword);
    if (parts && !is_plain(*parts)) return keyword;
  }
  return {};
}

bool is_within_composition(const openapi::Schema& schema) {
  for (const openapi::Schema* at = schema.parent; at; at = at->parent)
    if (!composition_of(at->value).empty()) return true;
  return false;
}

Judgement composition(const ApiDescription& api) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    if (schema.use != openapi::SchemaUse::input) return;
    const std::string_view keyword = composition_of(schema.value);
    if (keyword.empty() || is_within_composition(schema)) return;
    findings.add([&]() -> Finding {
      return {api.at(schema.place(), keyword),
              spoken(schema) + " is composed by " + std::string(keyword) + '.',
              "one schema with a type",
              std::string(keyword),
              {}};
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_composition = define_check<of_openapi_3<composition>>({
    .id = "api/composition",
    .title = "What an operation takes is not composed of several schemas",
    .requirement =
        "Schemas of parameters and request bodies do without oneOf, anyOf, allOf and not. A single allOf around a "
        "reference, and a type or null, are no composition.",
    .rationale =
        "Functions are shown to the model with plain parameters. Alternatives and merged schemas get lost on the way; "
        "the Teams Toolkit leaves such operations out.",
    .remedy =
        "Write the merged properties out, and in place of alternatives take optional properties, or one operation for "
        "each of them.",
    .source = "Microsoft, Teams Toolkit, spec-parser",
    .passing = "due: {type: string, format: date}",
    .failing = "due: {oneOf: [{type: string, format: date}, {type: integer}]}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
