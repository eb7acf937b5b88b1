#include "checks/format.h"
#include "checks/length.h"

namespace plugvet::checks {
namespace {

Judgement model_description_length(const Manifest& manifest, const Parameters& limits) {
  return judge_length(manifest, "/description_for_model", limits.count("maximum"));
}

}  // namespace

extern constinit const Check manifest_model_description_length = define_check<
    of_profile_format<model_description_length>>({
    .id = "manifest/model-description-length",
    .title = "The description for the model fits the platform's limit",
    .requirement =
        "description_for_model has at most 8,000 characters (OpenAI); Microsoft 365 may ignore what follows the "
        "first 2,048. Characters are Unicode code points.",
    .rationale =
        "The text is part of every prompt while the plugin is enabled. Longer ones are refused, or cut where it hurts.",
    .remedy = "Say when to use the plugin and what it can do; leave what an operation does to the OpenAPI document.",
    .source = "OpenAI, Getting started (spring and late 2023): description_for_model, 8,000 character max; Microsoft, "
              "Plugin manifest "
              "schema 2.4",
    .passing = R"("description_for_model": "Manage a person's to-do list: add, list and delete entries.")",
    .failing = "a text of 8,001 characters",
});

}  // namespace plugvet::checks
