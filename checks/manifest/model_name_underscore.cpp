#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement model_name_underscore(const Manifest& manifest) {
  const std::string* name = manifest.text("/name_for_model");
  if (!name || name->find('_') == std::string::npos) return Judgement::pass();
  if (!placeholder_in(*name, TextRole::name).empty()) return Judgement::pass();
  return Judgement::fail({manifest.at("/name_for_model"),
                          "name_for_model is " + in_quotes(*name) + ", with an underscore.",
                          "letters A to Z and digits only",
                          "an underscore",
                          {}});
}

}  // namespace

extern constinit const Check manifest_model_name_underscore = define_check<of_ai_plugin<model_name_underscore>>({
    .id = "manifest/model-name-underscore",
    .title = "The name for the model has no underscore",
    .requirement = "name_for_model has no underscore.",
    .rationale =
        "The documents allow letters and digits only. The platform accepted underscores all the same: 218 of 600 "
        "approved plugins have one. Other readers of the format may be strict.",
    .remedy = "Write the words together: sportStats instead of sport_stats.",
    .source = "OpenAI, Getting started (late 2023): name_for_model, only letters and numbers",
    .passing = R"("name_for_model": "sportStats")",
    .failing = R"("name_for_model": "sport_stats")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
