#include <fmt/format.h>

#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_response_length(const Probe& probe, const Parameters& limits) {
  if (!probe.exchange.response) return Judgement::pass();
  const std::string& body = probe.exchange.response->body;
  const std::size_t most = limits.count("maximum_characters");
  if (body.size() <= most) return Judgement::pass();
  const std::size_t length = code_points(body);
  if (length <= most) return Judgement::pass();
  return Judgement::fail(probe_finding(probe, probe.where, fmt::format("It has {}.", counted(length, "character")),
                                       fmt::format("at most {}", counted(most, "character")),
                                       fmt::format("{} ({} bytes)", counted(length, "character"), body.size())));
}

}  // namespace

extern constinit const Check conversation_response_length = define_check<judge_response_length>({
    .id = "conversation/response-length",
    .title = "Answers fit into the conversation",
    .requirement = "Every answer has at most 100,000 characters. Characters are counted, not bytes.",
    .rationale = "The platform refuses a longer one, and the user is told that the plugin does not work.",
    .remedy = "Send less by default: a page of a list, members that a conversation needs; offer limit and offset.",
    .source = "OpenAI, Plugins, Getting started (2023); GPT Actions in production",
    .passing = "a page of 20 todos",
    .failing = "all 5,000 todos",
});

}  // namespace plugvet::checks
