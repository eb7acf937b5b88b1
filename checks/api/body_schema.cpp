#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr int deepest_composition = 8;

enum class Kind : unsigned char { object, open, other };

Kind kind_of_schema(const openapi::Description& description, const Json& written, int depth = 0);

/// All parts together, or one of them.
Kind kind_of_parts(const openapi::Description& description, const Json& parts, bool is_all, int depth) {
  bool has_object = false, has_other = false;
  for (const Json& part : parts) {
    const Kind kind = kind_of_schema(description, part, depth + 1);
    has_object |= kind == Kind::object;
    has_other |= kind == Kind::other;
  }
  if (has_other && (is_all || !has_object)) return Kind::other;
  return has_object ? Kind::object : Kind::open;
}

Kind kind_of_schema(const openapi::Description& description, const Json& written, int depth) {
  const Json* schema = description.resolved({&written, {}}).value;
  if (!schema || depth > deepest_composition) return Kind::object;  // what leads nowhere is api/references'
  if (has_type(*schema, "object")) return Kind::object;
  if (excludes_type(*schema, "object")) return Kind::other;
  if (has_any(*schema, {"type", "properties"})) return Kind::object;
  for (const char* keyword : {"allOf", "anyOf", "oneOf"})
    if (const Json* parts = member_of(*schema, keyword); parts && parts->is_array() && !parts->empty())
      return kind_of_parts(description, *parts, std::string_view{keyword} == "allOf", depth);
  return Kind::open;
}

struct BodyDefect {
  Location where;
  std::string what;  ///< empty: none
};

/// ", it has the type "array""
std::string type_text(const openapi::Description& description, const openapi::MediaType& media) {
  const Json* type = member_of(*description.resolved(media.schema).value, "type");
  return type ? ", it has the type " + spoken_value(*type) : std::string();
}

BodyDefect defect_of(const ApiDescription& api, const openapi::RequestBody& body) {
  for (const openapi::MediaType& type : body.content) {
    if (!is_json(type)) continue;
    if (!type.schema) {
      // A schema of the wrong type is api/structure's.
      if (openapi::member(type.node, "schema")) continue;
      return {api.at_name(type.node.place), "is missing"};
    }
    const Kind kind = kind_of_schema(*api.description, *type.schema.value);
    if (kind == Kind::open) return {api.at(type.schema.place), "does not say that it is an object"};
    if (kind == Kind::other) return {api.at(type.schema.place), "is no object" + type_text(*api.description, type)};
  }
  return {};
}

Judgement body_schema(const ApiDescription& api, const Parameters& limits) {
  FindingList findings;
  for_each_body(*api.description, [&](const openapi::Operation& operation, const openapi::RequestBody& body) {
    BodyDefect defect = defect_of(api, body);
    if (defect.what.empty()) return;
    findings.add([&]() -> Finding {
      return {std::move(defect.where),
              spoken(operation) + ": the schema of the body " + defect.what + '.' + said_by_platform(limits),
              "a schema of an object",
              "a schema that " + defect.what,
              {}};
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_body_schema = define_check<of_openapi_3<body_schema>>({
    .id = "api/body-schema",
    .title = "The schema of a request body is an object",
    .requirement = "The application/json of a request body has a schema of type object.",
    .rationale =
        "The properties of the body become the parameters of the function that the model sees. An array or a text has "
        "none; OpenAI's reader skips the operation.",
    .remedy = "Wrap the value: an object with one property for it.",
    .source =
        "Messages of the GPT editor reported by developers; Microsoft, Teams Toolkit, spec-parser: "
        "post-body-schema-is-not-json",
    .passing = "schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}",
    .failing = "schema: {type: array, items: {type: string}}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
