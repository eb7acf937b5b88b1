#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// "minLength" for "maxLength"; empty when the keyword is no upper limit.
std::string lower_limit_of(std::string_view keyword) {
  return keyword.starts_with("max") ? "min" + std::string(keyword.substr(3)) : std::string{};
}

Judgement value_limits(const ApiDescription& api) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const openapi::Schema& schema) {
    const auto* members = schema.value.get_ptr<const Json::object_t*>();
    if (!members) return;
    for (const auto& [keyword, most] : *members) {
      if (!most.is_number() || !keyword.starts_with("max")) continue;
      const std::string lower = lower_limit_of(keyword);
      const Json* least = member_of(schema.value, lower);
      if (!least || !least->is_number() || least->get<double>() <= most.get<double>()) continue;
      findings.add([&]() -> Finding {
        return {api.at(schema.place(), keyword),
                spoken(schema) + " has no value that fits: " + lower + " is " + spoken_value(*least) + " and " +
                    keyword + " is " + spoken_value(most) + ".",
                lower + " no greater than " + keyword,
                spoken_value(*least) + " above " + spoken_value(most),
                {}};
      });
    }
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_value_limits = define_check<of_openapi_3<value_limits>>({
    .id = "api/value-limits",
    .title = "Limits leave something between them",
    .requirement =
        "minimum is no greater than maximum, minLength than maxLength, minItems than maxItems, and minProperties than "
        "maxProperties.",
    .rationale = "No value fits otherwise: whatever the model sends is wrong by the description.",
    .remedy = "Correct the limits. Most often the two were exchanged.",
    .source = "JSON Schema Validation; plugvet, own judgement",
    .passing = "limit: {type: integer, minimum: 1, maximum: 60}",
    .failing = "limit: {type: integer, minimum: 60, maximum: 10}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
