#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/length.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement conversation_starter_length(const Manifest& manifest, const Parameters& limits) {
  const Json* list = manifest.document.find("/capabilities/conversation_starters");
  if (!list || !list->is_array()) return Judgement::not_applicable("The manifest has no conversation starters.");
  Judgement judgement;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string pointer = join_pointer("/capabilities/conversation_starters", i) + "/text";
    Judgement one = judge_length(manifest, pointer, limits.count("maximum"));
    judgement.findings.insert(judgement.findings.end(), one.findings.begin(), one.findings.end());
    judgement.measures.insert(judgement.measures.end(), one.measures.begin(), one.measures.end());
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_conversation_starter_length = define_check<of_m365<conversation_starter_length>>({
    .id = "m365/conversation-starter-length",
    .title = "Conversation starters are short",
    .requirement = "The text of a conversation starter has at most 50 characters.",
    .rationale = "50 is the length that Microsoft's toolkit works with; longer ones may be cut where they are shown.",
    .remedy = "Ask one short question.",
    .source = "Microsoft, Teams Toolkit, spec-parser (constants); plugvet, own judgement",
    .passing = R"("text": "What do I have to do today?")",
    .failing = "a text of 65 characters",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
