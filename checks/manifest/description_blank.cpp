#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement description_blank(const Manifest& manifest) {
  Judgement judgement;
  for (const char* pointer : {"/description_for_human", "/description_for_model"}) {
    const std::string* text = manifest.text(pointer);
    if (!text || !is_blank(*text)) continue;
    const std::string actual = text->empty() ? "an empty text" : "white space only";
    judgement.findings.push_back(
        {manifest.at(pointer), spoken(pointer) + " is " + actual + ".", "a description", actual, {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check manifest_description_blank = define_check<of_profile_format<description_blank>>({
    .id = "manifest/description-blank",
    .title = "The descriptions are not blank",
    .requirement =
        "description_for_human and description_for_model have at least one character that is not white space.",
    .rationale =
        "People decide by the one whether to enable the plugin, the model by the other when to use it. Without it the "
        "plugin is never called.",
    .remedy = "Say in a sentence what the plugin does, and tell the model when it is useful.",
    .source = "OpenAI, Getting started (late 2023): both are required",
    .passing = R"("description_for_human": "Keep a to-do list.")",
    .failing = R"("description_for_model": "")",
});

}  // namespace plugvet::checks
