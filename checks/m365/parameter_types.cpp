#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::array<std::string_view, 5> parameter_types_known{"string", "array", "boolean", "integer", "number"};

struct Place {
  const Manifest& manifest;
  Judgement& judgement;
  void complain(const std::string& pointer, const std::string& what, std::string expected, std::string actual) const {
    judgement.findings.push_back(
        {manifest.at(pointer), spoken(pointer) + " " + what, std::move(expected), std::move(actual), {}});
  }
};

void judge_type(const Place& place, const Json& parameter, const std::string& pointer, bool is_item) {
  const Json* type = member_of(parameter, "type");
  if (!type) return place.complain(pointer, "has no type.", "a type", "no such member");
  const std::string* name = type->get_ptr<const std::string*>();
  const bool is_known = name && std::ranges::find(parameter_types_known, *name) != parameter_types_known.end();
  const std::string expected =
      is_item ? "string, boolean, integer or number" : "string, array, boolean, integer or number";
  if (!is_known || (is_item && *name == "array")) {
    const std::string actual = name ? in_quotes(*name) : std::string(kind_of(*type));
    return place.complain(pointer + "/type", "is " + actual + ".", expected, actual);
  }
  if (member_of(parameter, "enum") && *name != "string")
    place.complain(pointer + "/enum", "stands beside the type " + *name + ".", "enum with type string only",
                   "enum with type " + *name);
  if (member_of(parameter, "items") && *name != "array")
    place.complain(pointer + "/items", "stands beside the type " + *name + ".", "items with type array only",
                   "items with type " + *name);
  if (const Json* items = member_of(parameter, "items"); items && items->is_object() && !is_item)
    judge_type(place, *items, pointer + "/items", true);
}

void judge_required_names(const Place& place, const Json& parameters, const Json& properties,
                          const std::string& pointer) {
  const Json* required = member_of(parameters, "required");
  for (std::size_t i = 0; required && required->is_array() && i < required->size(); ++i) {
    const std::string* name = (*required)[i].get_ptr<const std::string*>();
    if (name && member_of(properties, *name)) continue;
    const std::string actual = name ? in_quotes(*name) : std::string(kind_of((*required)[i]));
    place.complain(join_pointer(pointer + "/required", i), "is " + actual + ", which is no parameter of the function.",
                   "the name of a parameter", actual);
  }
}

Judgement parameter_types(const Manifest& manifest) {
  Judgement judgement;
  const Place place{manifest, judgement};
  const Json* functions = manifest.document.find("/functions");
  for (std::size_t i = 0; functions && functions->is_array() && i < functions->size(); ++i) {
    const Json* parameters = member_of((*functions)[i], "parameters");
    const Json* properties = parameters ? member_of(*parameters, "properties") : nullptr;
    if (!properties || !properties->is_object()) continue;
    const std::string pointer = join_pointer("/functions", i) + "/parameters";
    for (const auto& [name, parameter] : properties->items())
      if (parameter.is_object()) judge_type(place, parameter, join_pointer(pointer + "/properties", name), false);
    judge_required_names(place, *parameters, *properties, pointer);
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_parameter_types = define_check<of_m365<parameter_types>>({
    .id = "m365/parameter-types",
    .title = "Function parameters keep to the supported part of JSON Schema",
    .requirement =
        "A parameter's type is string, array, boolean, integer or number; an array's items are not arrays. enum "
        "stands with string only, items with array only. What required names is a parameter.",
    .rationale = "Copilot understands this part of JSON Schema and no more. Other types make the function unusable.",
    .remedy =
        "Flatten objects into parameters of their own, or leave parameters out: they are then taken from the OpenAPI "
        "document.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: function parameters object",
    .passing = R"("properties": {"text": {"type": "string"}}, "required": ["text"])",
    .failing = R"("properties": {"todo": {"type": "object"}})",
});

}  // namespace plugvet::checks
