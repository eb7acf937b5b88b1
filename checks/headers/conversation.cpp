#include "checks/header_calls.h"

namespace plugvet::checks {
namespace {

Judgement judge_conversation(const Enforcement& enforcement) {
  return judge_header_calls(enforcement, {"header/conversation", "header/other-conversation"});
}

}  // namespace

extern constinit const Check headers_conversation = define_check<judge_conversation>({
    .id = "headers/conversation",
    .title = "Calls say which conversation they belong to",
    .requirement = "A call with openai-conversation-id is answered as one without it.",
    .rationale = "The platform sends it with every call.",
    .remedy = "Ignore the header, or keep what belongs to a conversation by it.",
    .source = "OpenAI, Plugins in production (2023-09): request headers",
    .passing = "200 with openai-conversation-id: 2f1c…",
    .failing = "400 with openai-conversation-id: 2f1c…",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
