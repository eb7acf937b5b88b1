#include "checks/trials.h"

namespace plugvet::checks {
namespace {

Judgement judge_reading(const Probing& probing, const Evidence& evidence) {
  return judge_trials(probing, evidence, TrialKind::reading, "afterwards the list reads otherwise.",
                      "No call that only reads was tried with what can be read before and after.");
}

}  // namespace

extern constinit const Check confirmation_reading = define_check<judge_reading>({
    .id = "confirmation/reading",
    .title = "Reading changes nothing",
    .requirement =
        "After a call of GET, HEAD or OPTIONS everything reads as before.",
    .rationale =
        "GET is called without asking, ahead of time and again after errors: by platforms, proxies and browsers.",
    .remedy = "Make a POST of what changes something.",
    .source = "RFC 9110, section 9.2.1; OpenAI, GPT Actions in production",
    .passing = R"(GET /todos/t1: the list is the same afterwards)",
    .failing = R"(GET /todos/t1: the todo is done afterwards)",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
