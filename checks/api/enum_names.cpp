#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::optional<long long> number_in(const Json& value) {
  if (value.is_number_integer()) return value.get<long long>();
  const auto* text = value.get_ptr<const std::string*>();
  long long number = 0;
  if (!text || text->empty()) return {};
  const auto end = std::from_chars(text->data(), text->data() + text->size(), number).ptr;
  return end == text->data() + text->size() ? std::optional{number} : std::nullopt;
}

/// 0, 1, 2, …: the numbers that a program gives to names. Others may be quantities, as 10, 25, 50 are.
bool are_numbered(const Json& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto number = number_in(values[i]), first = number_in(values[0]);
    if (!number || *first < 0 || *first > 1 || *number != *first + static_cast<long long>(i)) return false;
  }
  return true;
}

bool is_word_in(std::string_view word, std::string_view text) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && ((text[at] >= '0' && text[at] <= '9') || (text[at] >= 'A' && text[at] <= 'Z') ||
                                (text[at] >= 'a' && text[at] <= 'z'));
  };
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at)
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  return false;
}

/// The description says something about one of the values.
bool is_explained(const Json& values, std::string_view description) {
  return std::ranges::any_of(values, [&](const Json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    return is_word_in(text ? *text : value.dump(), description);
  });
}

std::string_view description_of_owner(const openapi::Schema& schema) {
  if (const std::string* own = text_of(schema.value, "description")) return *own;
  const openapi::Schema& owner = schema.keyword == "items" && schema.parent ? *schema.parent : schema;
  if (const std::string* own = text_of(owner.value, "description")) return *own;
  if (!owner.parent && owner.operation)
    for (const openapi::Parameter& parameter : owner.operation->parameters)
      if (parameter.schema.value == &owner.value) return parameter.description;
  return {};
}

Judgement enum_names(const ApiDescription& api) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    const Json* values = member_of(schema.value, "enum");
    const bool is_list = values && values->is_array() && values->size() > 1;
    if (schema.use != openapi::SchemaUse::input || !is_list) return;
    if (has_any(schema.value, {"x-enum-varnames", "x-enumNames"})) return;
    if (!are_numbered(*values) || is_explained(*values, description_of_owner(schema))) return;
    findings.add([&]() -> Finding {
      return {api.at(schema.place(), "enum"),
              spoken(schema) + " takes " + spoken_value((*values)[0]) + " to " + spoken_value(values->back()) +
                  ", and nothing says what these mean.",
              "values that are words, or a description that explains them",
              counted(values->size(), "value") + " without meaning",
              {}};
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_enum_names = define_check<of_openapi_3<enum_names>>({
    .id = "api/enum-names",
    .title = "The values of an enum tell what they mean",
    .requirement =
        "The values that a parameter or property can take are words. Where they are numbers from 0 or 1 on, the "
        "description explains them.",
    .rationale =
        "The model picks a value by its name. From 0, 1 and 2 it picks at random, and the call does something else "
        "than the user asked for.",
    .remedy = "Use names as values: open and done, not 0 and 1. Otherwise explain each value in the description.",
    .source = "OpenAI, Plugins: getting started (spring 2023): enums with descriptive names",
    .passing = "status: {type: string, enum: [open, done]}",
    .failing = "status: {type: integer, enum: [0, 1]}",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
