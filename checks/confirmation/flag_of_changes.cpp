#include "checks/effect.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement flag_of_changes(const ApiDescription& api, const Parameters& limits) {
  return judge_false_flags(api, limits, "does not look as if it only read",
                           [](Effect effect) { return effect == Effect::changes || effect == Effect::unknown; });
}

}  // namespace

extern constinit const Check confirmation_flag_of_changes = define_check<of_openapi_3<flag_of_changes>>({
    .id = "confirmation/flag-of-changes",
    .title = "Only operations that read are marked as not consequential",
    .requirement =
        "x-openai-isConsequential is false only at operations that change nothing. POST, PUT, PATCH and DELETE are taken to "
        "change something, unless their name or summary says that they search, list or work something out.",
    .rationale =
        "With false the platform offers \"Always allow\". From then on the model changes things without anybody being "
        "asked, also when a text that it has read told it to.",
    .remedy = "Remove the flag, or set it to true. If the operation only reads, name it so: searchTodos, getReport.",
    .source = "OpenAI, GPT Actions in production: consequential flag; Microsoft, Confirmation prompts for API plugins",
    .passing = "post: {operationId: searchTodos, x-openai-isConsequential: false}",
    .failing = "post: {operationId: addTodo, x-openai-isConsequential: false}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
