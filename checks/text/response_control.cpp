#include "checks/wordings.h"

namespace plugvet::checks {
namespace {

Judgement response_control(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  return judge_phrases(manifest, api, "response-control", "a text that says what the plugin does");
}

}  // namespace

extern constinit const Check text_response_control = define_check<response_control>({
    .id = "text/response-control",
    .title = "No description dictates how the model speaks",
    .requirement =
        "Descriptions give the model no personality, mood or exact words, and want nothing repeated in every answer.",
    .rationale =
        "The texts of all plugins stand in one conversation: a personality that one of them gives is the personality of the "
        "whole conversation. What the user reads is written by the model in answer to the user.",
    .remedy = "Describe what the operations give back. Have what must be said in an answer of the API.",
    .source = "OpenAI, Getting started: writing descriptions, best practices; OpenAI, Plugin policies",
    .passing = "Adds an item to the list and returns the list.",
    .failing = R"(When you add an item, always respond with "I found your list!".)",
});

}  // namespace plugvet::checks
