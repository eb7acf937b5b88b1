#include "checks/effect.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement flag_of_grave_changes(const ApiDescription& api, const Parameters& limits) {
  return judge_false_flags(api, limits, "deletes, pays, sends, books, publishes or grants something",
                           [](Effect effect) { return effect == Effect::grave; });
}

}  // namespace

extern constinit const Check confirmation_flag_of_grave_changes = define_check<of_openapi_3<flag_of_grave_changes>>({
    .id = "confirmation/flag-of-grave-changes",
    .title = "What cannot be taken back is never marked as not consequential",
    .requirement =
        "x-openai-isConsequential is not false at an operation that deletes, pays, sends, books, publishes or grants "
        "something: one of the method DELETE, or whose name or summary begins with such a verb.",
    .rationale =
        "With false the platform offers \"Always allow\". A payment, a sent message or a deletion that nobody agreed to "
        "cannot be taken back.",
    .remedy = "Remove the flag, or set it to true.",
    .source = "OpenAI, GPT Actions in production: consequential flag; Microsoft, Confirmation prompts for API plugins",
    .passing = "delete: {operationId: deleteTodo, x-openai-isConsequential: true}",
    .failing = "delete: {operationId: deleteTodo, x-openai-isConsequential: false}",
});

}  // namespace plugvet::checks
