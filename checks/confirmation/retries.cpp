#include "checks/trials.h"

namespace plugvet::checks {
namespace {

Judgement judge_retries(const Probing& probing, const Evidence& evidence) {
  return judge_trials(probing, evidence, TrialKind::retry, "the same call sent twice has made two.",
                      "No call made something at once whose effect could be read.");
}

}  // namespace

extern constinit const Check confirmation_retries = define_check<judge_retries>({
    .id = "confirmation/retries",
    .title = "A retry does not do it twice",
    .requirement =
        "The same call that makes an object, sent twice in one conversation without a confirmation between, makes one.",
    .rationale =
        "A call that failed on the way back is sent again, up to ten times. What is ordered or paid is then there as often.",
    .remedy = "Ask for a confirmation with a code that works once, or take the same content within a minute for the same call.",
    .source = "OpenAI, Plugins in production (2023-09): a failed request may be retried up to 10 times",
    .passing = R"(POST /orders twice: one order)",
    .failing = R"(POST /orders twice: two orders)",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
