#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/format.h"
#include "checks/functions.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement non_consequential(const Manifest& manifest, const ApiDescription& api, const Parameters& limits) {
  Judgement judgement;
  for (const Function& function : functions_of(manifest, api)) {
    const std::string pointer = function.pointer + "/capabilities/confirmation/isNonConsequential";
    const Json* value = manifest.document.find(pointer);
    if (!value) continue;
    const auto complain = [&](std::string what, std::string expected, std::string actual) {
      judgement.findings.push_back({manifest.at(pointer),
                                    fmt::format("{}: isNonConsequential {}.", spoken(function), what),
                                    std::move(expected),
                                    std::move(actual),
                                    {}});
    };
    if (!value->is_boolean())
      complain(fmt::format("is {}", kind_of(*value)), "true or false", std::string(kind_of(*value)));
    else if (function.operation && function.operation->method != "get")
      complain(fmt::format("has no effect, for it calls {}", spoken(*function.operation)),
               "isNonConsequential for GET operations only", "another method");
    else if (function.operation && consequential_flag(*function.operation, limits))
      complain(fmt::format("has no effect, for {} has x-openai-isConsequential", spoken(*function.operation)),
               "one of the two", "both");
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_non_consequential = define_check<of_m365<of_openapi_3<non_consequential>>>({
    .id = "m365/non-consequential",
    .title = "isNonConsequential stands where it has an effect",
    .requirement =
        "isNonConsequential is true or false, and stands at functions whose operation is a GET without "
        "x-openai-isConsequential.",
    .rationale = "Elsewhere Copilot ignores it: users are asked, or are not, against what the manifest says.",
    .remedy = "Remove it, and write x-openai-isConsequential at the operation.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: confirmation object",
    .passing = "isNonConsequential: true for GET /todos without a flag",
    .failing = "isNonConsequential: true for POST /todos",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
