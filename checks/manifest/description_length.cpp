#include "checks/format.h"
#include "checks/length.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// What is longer than anything the store ever took is manifest/description-store-length's finding alone.
bool is_beyond(const Manifest& manifest, const Parameters& limits) {
  const std::string* text = manifest.text("/description_for_human");
  return text && limits.contains("ceiling") && code_points(*text) > limits.count("ceiling");
}

Judgement description_length(const Manifest& manifest, const Parameters& limits) {
  Judgement judgement = judge_length(manifest, "/description_for_human", limits.count("maximum"));
  if (is_beyond(manifest, limits)) judgement.findings.clear();
  return judgement;
}

}  // namespace

extern constinit const Check manifest_description_length = define_check<of_profile_format<description_length>>({
    .id = "manifest/description-length",
    .title = "The description shown to people has at most 100 characters",
    .requirement =
        "description_for_human has at most the documented number of characters; characters are Unicode code points.",
    .rationale =
        "The late documents say 100, the early ones 120. The store kept to 120: 168 of 600 approved descriptions have "
        "more than 100 characters, none more than 120. Microsoft may ignore what follows the hundredth.",
    .remedy = "Say in one sentence what the plugin does for people, without \"plugin for …\".",
    .source = "OpenAI, Getting started (late 2023): description_for_human, 100 character max; Microsoft, Plugin "
              "manifest schema 2.4",
    .passing = R"("description_for_human": "Keep a to-do list: add, look through and remove what you have to do.")",
    .failing = "a description of 101 characters",
});

}  // namespace plugvet::checks
