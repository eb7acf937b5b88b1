#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

constexpr const char* localizable[] = {"/name_for_human", "/description_for_human", "/description_for_model",
                                       "/logo_url",       "/legal_info_url",        "/privacy_policy_url"};

bool is_key(std::string_view key) {
  if (key.empty() || (key[0] >= '0' && key[0] <= '9')) return false;
  for (const char c : key)
    if (!is_ascii_alphanumeric(c) && c != '_') return false;
  return true;
}

/// The key of a text that is "[[key]]" as a whole.
std::string_view key_of(std::string_view text) {
  if (text.size() < 4 || !text.starts_with("[[") || !text.ends_with("]]")) return {};
  return text.substr(2, text.size() - 4);
}

void judge(const Manifest& manifest, const std::string& pointer, Judgement& judgement) {
  const std::string* text = manifest.text(pointer);
  const std::string_view key = text ? key_of(*text) : std::string_view{};
  if (key.data() == nullptr || is_key(key)) return;
  judgement.findings.push_back({manifest.at(pointer),
                                spoken(pointer) + " refers to the translation key " + in_quotes(key) + ".",
                                "letters, digits and underscores, no digit first",
                                in_quotes(key),
                                {}});
}

Judgement localization_keys(const Manifest& manifest) {
  Judgement judgement;
  for (const char* pointer : localizable) judge(manifest, pointer, judgement);
  const Json* starters = manifest.document.find("/capabilities/conversation_starters");
  for (std::size_t i = 0; starters && starters->is_array() && i < starters->size(); ++i)
    judge(manifest, join_pointer("/capabilities/conversation_starters", i) + "/text", judgement);
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_localization_keys = define_check<of_m365<localization_keys>>({
    .id = "m365/localization-keys",
    .title = "Translation keys are identifiers",
    .requirement =
        "The key in [[key]] begins with a letter or underscore and has letters, digits and underscores only.",
    .rationale = "Another key matches no entry of a language file; people then see the brackets.",
    .remedy = "Rename the key here and in the language files.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: localization",
    .passing = R"("name_for_human": "[[plugin_name]]")",
    .failing = R"("name_for_human": "[[plugin-name]]")",
});

}  // namespace plugvet::checks
