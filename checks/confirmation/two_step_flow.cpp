#include <fmt/format.h>

#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

/// The description asks the model to ask. That is no step of the API, but the reviewer should know.
bool asks_in_words(const openapi::Operation& operation) {
  for (const std::string_view text : {operation.summary, operation.description})
    if (to_lower_ascii(text).find("confirm") != std::string::npos) return true;
  return false;
}

Judgement two_step_flow(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    const Effect effect = effect_of(operation);
    if (effect != Effect::changes && effect != Effect::grave) continue;
    if (!confirmation_shown(*api.description, operation).empty()) continue;
    judgement.findings.push_back(
        {api.at_name(operation.node.place),
         fmt::format("{} {}, and the description shows no step in which the user confirms it{}.", spoken(operation),
                     effect == Effect::grave ? "cannot be taken back" : "changes something",
                     asks_in_words(operation) ? "; it only asks the model in words" : ""),
         "a preview and a confirmation, which the API enforces",
         "one call",
         {}});
  }
  return summarised(std::move(judgement), 10);
}

}  // namespace

extern constinit const Check confirmation_two_step_flow = define_check<of_openapi_3<two_step_flow>>({
    .id = "confirmation/two-step-flow",
    .title = "What changes something is confirmed by the user first",
    .requirement =
        "An operation that changes something takes two calls: the first changes nothing and returns what would happen, the "
        "second one, with the confirmation, does it. A description shows this by a parameter (confirm, confirmation_token, "
        "dry_run), an answer 202 with a preview, or a preview operation beside it.",
    .rationale =
        "The platform of these plugins asks nobody before it calls. Whether the API does cannot always be seen in its "
        "description, so a reviewer tries it.",
    .remedy =
        "Return a preview with a confirmation code, and make the change only when the same call comes with that code.",
    .source = "OpenAI, Plugins: introduction (POST needs a user confirmation flow); OpenAI, Plugin review process (2023-09)",
    .passing = "post: {operationId: addTodo, responses: {'201': …, '202': {description: Nothing has changed yet; a preview}}}",
    .failing = "post: {operationId: addTodo, responses: {'201': …}}",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
