#include "checks/format.h"
#include "checks/length.h"

namespace plugvet::checks {
namespace {

Judgement name_length(const Manifest& manifest, const Parameters& limits) {
  return judge_length(manifest, "/name_for_human", limits.count("maximum"));
}

}  // namespace

extern constinit const Check manifest_name_length = define_check<of_profile_format<name_length>>({
    .id = "manifest/name-length",
    .title = "The name shown to people fits the plugin store",
    .requirement =
        "name_for_human has at most as many characters as the platform shows; characters are Unicode code points.",
    .rationale =
        "OpenAI's late documents and the store allow 20 (598 of 600 approved names fit; the spring of 2023 still said "
        "50). Microsoft may ignore what follows the twentieth.",
    .remedy = "Shorten the name to what people call the product; leave out words like plugin.",
    .source =
        "OpenAI, Getting started (late 2023): name_for_human, 20 character max; Microsoft, Plugin manifest schema 2.4",
    .passing = R"("name_for_human": "To-do list")",
    .failing = R"x("name_for_human": "TODO Plugin (no auth)", 21 characters)x",
});

}  // namespace plugvet::checks
