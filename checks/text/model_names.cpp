#include <fmt/format.h>

#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement model_names(const Manifest& manifest, const Parameters& limits) {
  const std::string* name = manifest.text("/name_for_human");
  const std::string_view found = name ? whole_word_in(*name, limits.list("words")) : std::string_view{};
  if (found.empty()) return Judgement::pass();
  return Judgement::fail({manifest.at("/name_for_human"),
                          fmt::format("name_for_human has {}, the name of a model.", in_quotes(found)),
                          "a name of the product's own",
                          in_quotes(*name),
                          {}});
}

}  // namespace

extern constinit const Check text_model_names = define_check<of_profile_format<model_names>>({
    .id = "text/model-names",
    .title = "The plugin is not named after a model",
    .requirement = "name_for_human has no name of a model (GPT, GPT-4, DALL-E, Whisper) as a word.",
    .rationale =
        "OpenAI's brand guidelines forbid them in the names of products: users would take the plugin for one of OpenAI's.",
    .remedy = "Name the product by its own name.",
    .source = "OpenAI, Brand guidelines (2023-04-24): naming",
    .passing = R"("name_for_human": "Acme Notes")",
    .failing = R"("name_for_human": "Notes GPT")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
