#include "checks/format.h"
#include "checks/length.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement model_name_length(const Manifest& manifest, const Parameters& limits) {
  const std::string* name = manifest.text("/name_for_model");
  if (name && name->empty())
    return Judgement::fail(
        {manifest.at("/name_for_model"), "name_for_model is empty.", "at least 1 character", "0 characters", {}});
  return judge_length(manifest, "/name_for_model", limits.count("maximum"));
}

}  // namespace

extern constinit const Check manifest_model_name_length = define_check<of_ai_plugin<model_name_length>>({
    .id = "manifest/model-name-length",
    .title = "The name for the model has 1 to 50 characters",
    .requirement = "name_for_model has at least one and at most 50 characters.",
    .rationale =
        "The model addresses the plugin by this name in every call. The limit stood in all revisions of the documents.",
    .remedy = "Choose a short identifier, for example the product's name without spaces.",
    .source = "OpenAI, Getting started (spring and late 2023): name_for_model, 50 character max",
    .passing = R"("name_for_model": "todo")",
    .failing = R"("name_for_model": "")",
});

}  // namespace plugvet::checks
