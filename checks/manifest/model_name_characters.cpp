#include <algorithm>

#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"
#include "harness/support/utf8.h"

namespace plugvet::checks {
namespace {

// The underscore has a check of its own: documents forbid it, but the platform let it pass.
bool is_accepted(char c) {
  return is_ascii_alphanumeric(c) || c == '_';
}

std::string character_at(const std::string& text, std::size_t offset) {
  if (text[offset] == ' ') return "a space";
  return in_quotes(std::string_view(text).substr(offset, decode_utf8(text, offset).size));
}

Judgement model_name_characters(const Manifest& manifest) {
  const std::string* name = manifest.text("/name_for_model");
  if (!name || !placeholder_in(*name, TextRole::name).empty()) return Judgement::pass();
  const auto odd = std::find_if_not(name->begin(), name->end(), is_accepted);
  if (odd == name->end()) return Judgement::pass();
  const std::string character = character_at(*name, static_cast<std::size_t>(odd - name->begin()));
  return Judgement::fail({manifest.at("/name_for_model"),
                          "name_for_model is " + in_quotes(*name) + ", with " + character + ".",
                          "letters A to Z and digits only",
                          character,
                          {}});
}

}  // namespace

extern constinit const Check manifest_model_name_characters = define_check<of_ai_plugin<model_name_characters>>({
    .id = "manifest/model-name-characters",
    .title = "The name for the model has letters and digits only",
    .requirement =
        "name_for_model consists of ASCII letters and digits, without spaces. (The underscore is judged apart.)",
    .rationale =
        "The name becomes part of the function names that the model calls; other characters cannot stand there.",
    .remedy = "Write the words together: sportStats.",
    .source = "OpenAI, Getting started (late 2023): name_for_model, no spaces allowed, only letters and numbers",
    .passing = R"("name_for_model": "sportStats")",
    .failing = R"("name_for_model": "Sport Stats")",
});

}  // namespace plugvet::checks
