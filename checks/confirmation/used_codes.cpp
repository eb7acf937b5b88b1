#include "checks/trials.h"

namespace plugvet::checks {
namespace {

Judgement judge_used_codes(const Probing& probing, const Evidence& evidence) {
  return judge_trials(probing, evidence, TrialKind::used_code, "the change is made once more with a code that was used.",
                      "No change was made by a confirmation whose effect could be read.");
}

}  // namespace

extern constinit const Check confirmation_used_codes = define_check<judge_used_codes>({
    .id = "confirmation/used-codes",
    .title = "A confirmation works once",
    .requirement =
        "A confirmed call that is sent again with the same code changes nothing more.",
    .rationale =
        "A code that lasts can be used again by a text that was put into the conversation, and by every retry.",
    .remedy = "Forget a code when it was used; answer 409 when it comes again.",
    .source = "OpenAI, Plugins in production (2023-09): a failed request may be retried up to 10 times",
    .passing = R"(409 for a code that was used)",
    .failing = R"(201 for a code that was used, and the object is there twice)",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
