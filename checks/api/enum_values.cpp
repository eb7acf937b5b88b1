#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_whole(double number) {
  return std::trunc(number) == number;
}

bool has_kind(const Json& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer() || (value.is_number_float() && is_whole(value.get<double>()));
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return type != "null" || value.is_null();  // unknown types are api/structure's
}

bool fits_types(const Json& value, const Json& schema) {
  const Json* type = member_of(schema, "type");
  if (!type || (value.is_null() && is_true(schema, "nullable"))) return true;
  if (const auto* name = type->get_ptr<const std::string*>()) return has_kind(value, *name);
  if (!type->is_array()) return true;
  return std::ranges::any_of(*type, [&](const Json& one) {
    const auto* name = one.get_ptr<const std::string*>();
    return !name || has_kind(value, *name);
  });
}

std::optional<std::size_t> first_of_other_type(const Json& values, const Json& schema) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!fits_types(values[i], schema)) return i;
  return {};
}

/// The index of a value that stands further ahead too.
std::optional<std::size_t> first_repeated(const Json& values) {
  std::vector<const Json*> sorted;
  for (const Json& value : values) sorted.push_back(&value);
  std::ranges::stable_sort(sorted, [](const Json* a, const Json* b) { return *a < *b; });
  std::optional<std::size_t> first;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (*sorted[i - 1] != *sorted[i]) continue;
    const auto index = static_cast<std::size_t>(sorted[i] - &values[0]);
    if (!first || index < *first) first = index;
  }
  return first;
}

class EnumJudge {
 public:
  explicit EnumJudge(const ApiDescription& api) : api_{api} {}

  void judge(const openapi::Schema& schema) {
    const Json* values = member_of(schema.value, "enum");
    if (!values || !values->is_array()) return;
    if (values->empty()) return add(schema, {}, "allows no value: its enum is empty.", "at least one value", "none");
    if (const auto index = first_of_other_type(*values, schema.value))
      add(schema, index, "lists " + text_of_value((*values)[*index]) + ", which is not of its type.",
          "values of type " + spoken_value(*member_of(schema.value, "type")), text_of_value((*values)[*index]));
    if (const auto index = first_repeated(*values))
      add(schema, index, "lists " + spoken_value((*values)[*index]) + " twice.", "different values",
          "the same value again");
  }

  Judgement judgement() && { return std::move(findings_).judgement(); }

 private:
  /// "the number 1", "the text "1""
  static std::string text_of_value(const Json& value) {
    if (value.is_null() || value.is_structured()) return value.is_null() ? "null" : std::string(kind_of(value));
    const std::string_view kind = value.is_number() ? "the number " : value.is_boolean() ? "the Boolean " : "the text ";
    return std::string(kind) + spoken_value(value);
  }

  void add(const openapi::Schema& schema, std::optional<std::size_t> index, const std::string& what,
           std::string expected, std::string actual) {
    findings_.add([&]() -> Finding {
      ApiPlace place = schema.place();
      place.pointer += "/enum";
      if (index) place.pointer = join_pointer(place.pointer, *index);
      return {api_.at(place), spoken(schema) + ' ' + what, std::move(expected), std::move(actual), {}};
    });
  }

  const ApiDescription& api_;
  FindingList findings_;
};

Judgement enum_values(const ApiDescription& api) {
  EnumJudge judge{api};
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) { judge.judge(schema); });
  return std::move(judge).judgement();
}

}  // namespace

extern constinit const Check api_enum_values = define_check<of_openapi_3<enum_values>>({
    .id = "api/enum-values",
    .title = "The values of an enum are of its type, and each is there once",
    .requirement =
        "Every enum has at least one value; all values are different and of the schema's type. null is allowed where "
        "the schema is nullable.",
    .rationale =
        "A value of another type can never be sent or received. In YAML it is mostly a word without quotes: no, on, "
        "1.0 and 2024-01-01 are not texts to every reader.",
    .remedy = "Put texts in quotes, and remove what is there twice.",
    .source =
        "OpenAPI Specification 3.0.4, Schema Object; Spectral, typed-enum, duplicated-entry-in-enum; Redocly, "
        "no-enum-type-mismatch",
    .passing = "{type: string, enum: ['1', '2']}",
    .failing = "{type: string, enum: [1, 2]}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
