#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/format.h"
#include "checks/functions.h"
#include "checks/openapi.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

const Json* confirmation_of(const Function& function) {
  const Json* capabilities = member_of(*function.value, "capabilities");
  const Json* confirmation = capabilities ? member_of(*capabilities, "confirmation") : nullptr;
  return confirmation && confirmation->is_object() ? confirmation : nullptr;
}

Judgement confirmation(const Manifest& manifest, const ApiDescription& api) {
  Judgement judgement;
  for (const Function& function : functions_of(manifest, api)) {
    const Json* declared = confirmation_of(function);
    const std::string* type = declared ? text_of(*declared, "type") : nullptr;
    if (!type) continue;
    const Location where = manifest.at(function.pointer + "/capabilities/confirmation/type");
    if (*type != "None" && *type != "AdaptiveCard")
      judgement.findings.push_back({where,
                                    fmt::format("{}: the confirmation's type is {}.", spoken(function), in_quotes(*type)),
                                    "None or AdaptiveCard",
                                    in_quotes(*type),
                                    {}});
    const bool is_unsafe = function.operation && effect_of(*function.operation) != Effect::reads;
    if (*type == "None" && is_unsafe)
      judgement.findings.push_back({where,
                                    fmt::format("{} is not confirmed (type None), and calls {}.", spoken(function),
                                                spoken(*function.operation)),
                                    "AdaptiveCard",
                                    "None",
                                    {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_confirmation = define_check<of_m365<of_openapi_3<confirmation>>>({
    .id = "m365/confirmation",
    .title = "Functions that change something are confirmed by the user",
    .requirement =
        "The type of a function's confirmation is None or AdaptiveCard, and AdaptiveCard where the function's operation is "
        "a POST, PUT, PATCH or DELETE that does not only read.",
    .rationale =
        "With None the function runs without anybody being asked. A type that is not known is nothing that Copilot can show.",
    .remedy = "Write \"type\": \"AdaptiveCard\" with a title and a body, or leave confirmation out: Copilot then asks.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: confirmation object",
    .passing = R"("confirmation": {"type": "AdaptiveCard", "title": "Add a todo", "body": "…"})",
    .failing = R"("confirmation": {"type": "None"} for POST /todos)",
});

}  // namespace plugvet::checks
