#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement conversation_starters(const Manifest& manifest) {
  const Json* list = manifest.document.find("/capabilities/conversation_starters");
  if (!list || !list->is_array()) return Judgement::not_applicable("The manifest has no conversation starters.");
  Judgement judgement;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& starter = (*list)[i];
    const std::string pointer = join_pointer("/capabilities/conversation_starters", i);
    const std::string* text = text_of(starter, "text");
    if (starter.is_object() && !(text && is_blank(*text)))
      continue;  // a missing text is m365/required-members' finding
    const std::string actual = text ? "a blank text" : std::string(kind_of(starter));
    judgement.findings.push_back({manifest.at(text ? pointer + "/text" : pointer),
                                  "Conversation starter " + std::to_string(i + 1) + " is " + actual + ".",
                                  "an object with a text",
                                  actual,
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_conversation_starters = define_check<of_m365<conversation_starters>>({
    .id = "m365/conversation-starters",
    .title = "Each conversation starter says something",
    .requirement = "Each item of capabilities.conversation_starters is an object with a text that is not blank.",
    .rationale = "Starters are offered to people to click on; a blank one is an empty button.",
    .remedy = R"(Write objects, not texts: {"text": "What do I have to do today?"}.)",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: conversation starter object",
    .passing = R"("conversation_starters": [{"text": "What do I have to do today?"}])",
    .failing = R"("conversation_starters": ["What do I have to do today?"])",
});

}  // namespace plugvet::checks
