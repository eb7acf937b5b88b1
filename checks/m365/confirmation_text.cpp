#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement confirmation_text(const Manifest& manifest) {
  Judgement judgement;
  const Json* functions = manifest.document.find("/functions");
  for (std::size_t i = 0; functions && functions->is_array() && i < functions->size(); ++i) {
    const std::string pointer = join_pointer("/functions", i) + "/capabilities/confirmation";
    const Json* confirmation = manifest.document.find(pointer);
    if (!confirmation || !confirmation->is_object()) continue;
    const std::string* type = text_of(*confirmation, "type");
    if (type && *type == "None") continue;
    for (const std::string_view name : {"title", "body"}) {
      const Json* value = member_of(*confirmation, name);
      const std::string* text = value ? value->get_ptr<const std::string*>() : nullptr;
      const bool is_missing = !value || (text && is_blank(*text));
      if (!is_missing) continue;  // another type is manifest/member-types' finding
      judgement.findings.push_back({manifest.at(join_pointer(pointer, name)),
                                    fmt::format("{} is {}.", spoken(join_pointer(pointer, name)), value ? "blank" : "missing"),
                                    "a text that says what the function does",
                                    value ? "a blank text" : "no such member",
                                    {}});
    }
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_confirmation_text = define_check<of_m365<confirmation_text>>({
    .id = "m365/confirmation-text",
    .title = "A confirmation says what the user agrees to",
    .requirement = "A confirmation has a title and a body, and neither is blank. The body says what the function does.",
    .rationale =
        "Without a body Copilot shows the function's description, which is written for the model. The user then agrees to "
        "something that is not said.",
    .remedy = "Say in one sentence what will happen, with the values: \"Adds {{ function.parameters.text }} to your list\".",
    .source = "Microsoft, Confirmation prompts for API plugins for Microsoft 365 Copilot",
    .passing = R"("confirmation": {"type": "AdaptiveCard", "title": "Add a todo", "body": "Adds this todo to your list."})",
    .failing = R"("confirmation": {"type": "AdaptiveCard"})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
