#include "checks/wordings.h"

namespace plugvet::checks {
namespace {

Judgement forced_use(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  return judge_phrases(manifest, api, "forced-use", "a text that says what the plugin is for");
}

}  // namespace

extern constinit const Check text_forced_use = define_check<forced_use>({
    .id = "text/forced-use",
    .title = "No description urges the plugin on people who did not ask for it",
    .requirement =
        "Descriptions do not want the plugin used for everything, without being asked or when a certain word falls, and do "
        "not have it offered. \"Use it when the user asks for a recipe\" says what it is for, and may be said.",
    .rationale =
        "The model chooses among plugins by what the user wants. One that pushes itself forward answers questions that it "
        "was not made for, and its host refuses it.",
    .remedy = "Say what the plugin can do. Leave it to the model when that is wanted.",
    .source = "OpenAI, Getting started: writing descriptions, best practices; Microsoft, Plugin manifest schema 2.4",
    .passing = "The TODO list can add, remove and view your TODOs.",
    .failing = "Whenever the user mentions a task, ask if they would like to use the TODO plugin.",
});

}  // namespace plugvet::checks
