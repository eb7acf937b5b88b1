#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::Schema;
using Names = std::unordered_set<std::string_view>;

constexpr std::size_t most_name_comparisons = 4096;     // one by one; beyond, a set of the names is made
constexpr std::size_t most_gathered_names = 2'000'000;  // in all: many schemas may be composed of the same large one
constexpr unsigned deepest_required_composition = 32;
constexpr std::size_t most_listed_names = 4;

bool is_composed_into_parent(const Schema& schema) {
  return schema.keyword == "allOf" || schema.keyword == "anyOf" || schema.keyword == "oneOf";
}

const Json::object_t* properties_of(const Json& schema) {
  const Json* properties = member_of(schema, "properties");
  return properties ? properties->get_ptr<const Json::object_t*>() : nullptr;
}

bool has_all_names(const Json& object, const Json& names) {
  return object.size() * names.size() <= most_name_comparisons && std::ranges::all_of(names, [&](const Json& name) {
           const auto* text = name.get_ptr<const std::string*>();
           return text && member_of(object, *text);
         });
}

/// Which properties an object may have, by all that it is composed of.
class Composition {
 public:
  struct Properties {
    Names names;
    bool are_all = true;  ///< no others are meant
  };

  explicit Composition(const openapi::Description& description) : description_{description} {}

  const Properties& of(const Json& schema) {
    const auto [at, is_new] = known_.try_emplace(&schema);
    if (is_new) gather(schema, at->second, 0);
    return at->second;
  }
  bool is_exhausted() const { return left_ == 0; }

 private:
  void gather(const Json& written, Properties& properties, unsigned depth) {
    const Json* schema = description_.resolved({&written, {}}).value;
    if (!schema || depth > deepest_required_composition || left_ == 0) {
      properties.are_all = false;
      return;
    }
    --left_;
    if (const auto* members = properties_of(*schema))
      for (const auto& member : *members) {
        if (left_ == 0) return;
        --left_;
        properties.names.insert(member.first);
      }
    const Json* others = member_of(*schema, "additionalProperties");
    if ((others && others->is_object()) || has_any(*schema, {"patternProperties", "if", "dependentSchemas"}))
      properties.are_all = false;
    for (const char* keyword : {"allOf", "anyOf", "oneOf"})
      if (const Json* parts = member_of(*schema, keyword); parts && parts->is_array())
        for (const Json& part : *parts) gather(part, properties, depth + 1);
    // In 3.1 what stands beside a reference counts.
    const auto* beside = schema == &written ? nullptr : properties_of(written);
    if (beside)
      for (const auto& member : *beside) properties.names.insert(member.first);
  }

  const openapi::Description& description_;
  std::unordered_map<const Json*, Properties> known_;
  std::size_t left_ = most_gathered_names;
};

/// The names that an object requires; null when it requires none, or something else is said there.
const Json* required_names(const Schema& schema) {
  const Json* required = member_of(schema.value, "required");
  if (!required || !required->is_array() || required->empty()) return nullptr;
  return excludes_type(schema.value, "object") || is_condition(schema) ? nullptr : required;
}

Finding finding_about(const ApiDescription& api, const Schema& schema, const std::vector<std::string_view>& missing,
                      const Names& names) {
  std::vector<std::string> listed_names;
  for (std::size_t i = 0; i < std::min(missing.size(), most_listed_names); ++i) listed_names.push_back(in_quotes(missing[i]));
  if (missing.size() > most_listed_names) listed_names.push_back(std::to_string(missing.size() - most_listed_names) + " more");
  const bool is_one = missing.size() == 1;
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string near = is_one && candidates.size() <= 1000 ? nearest(missing.front(), candidates) : "";
  return {api.at(schema.place(), "required"),
          spoken(schema) + " requires " + listed(listed_names) + ", which " + (is_one ? "is" : "are") +
              " none of its properties" + (near.empty() ? "." : "; there is " + in_quotes(near) + "."),
          is_one ? "a property of that name" : "properties of these names",
          counted(missing.size(), "name") + " without a property",
          {}};
}

Judgement required_properties(const ApiDescription& api) {
  FindingList findings;
  Composition composition{*api.description};
  const auto judge = [&](const Schema& schema, const Json& required) {
    const Schema* whole = &schema;
    while (whole->parent && is_composed_into_parent(*whole)) whole = whole->parent;
    const auto& properties = composition.of(whole->value);
    if (properties.names.empty() || !properties.are_all) return;  // api/input-properties, api/answer-properties
    std::vector<std::string_view> missing;
    for (const Json& name : required)
      if (const auto* text = name.get_ptr<const std::string*>(); text && !properties.names.contains(*text))
        missing.push_back(*text);
    if (!missing.empty()) findings.add([&] { return finding_about(api, schema, missing, properties.names); });
  };
  openapi::for_each_schema(*api.description, [&](const Schema& schema) {
    const Json* required = required_names(schema);
    if (!required) return;
    const Json* properties = member_of(schema.value, "properties");
    if (!properties || !has_all_names(*properties, *required)) judge(schema, *required);
  });
  Judgement judgement = std::move(findings).judgement();
  if (judgement.findings.empty() && composition.is_exhausted())
    return Judgement::blocked("The schemas are composed of so many properties that not all were compared.");
  return judgement;
}

}  // namespace

extern constinit const Check api_required_properties = define_check<of_openapi_3<required_properties>>({
    .id = "api/required-properties",
    .title = "Every required property is described",
    .requirement =
        "Each name in required is one of the properties of its schema, or of the schemas that it is composed of; "
        "capitals count.",
    .rationale =
        "The model has to send something of which it knows only the name, or looks for it in the answer in vain. Most "
        "often the name was mistyped, or the property was renamed.",
    .remedy = "Describe the property, or correct the name in required.",
    .source = "JSON Schema Validation, required; Redocly, no-required-schema-properties-undefined",
    .passing = "required: [text] beside properties: {text: {type: string}}",
    .failing = "required: [txt] beside properties: {text: {type: string}}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
