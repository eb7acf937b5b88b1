#include "checks/format.h"

#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string how_to_go_on(ManifestFormat format) {
  return format == ManifestFormat::m365 ? "review it with --profile m365-copilot-v2."
                                        : "review it with --profile openai-plugin-v1.";
}

Judgement format(const Manifest& manifest, const Parameters& limits) {
  const ManifestFormat wanted = format_in(limits);
  const ManifestFormat seen = manifest.format();
  if (seen == wanted) return Judgement::pass();
  const std::string* version = manifest.text("/schema_version");
  const std::string actual = std::string(name_of(seen));
  std::string message = "This is " + actual;
  if (version) message += " (schema_version " + printable(shortened(*version, 20)) + ")";
  message += "; " + how_to_go_on(seen);
  return Judgement::fail(
      {manifest.at("/schema_version"), std::move(message), std::string(name_of(wanted)), actual, {}});
}

}  // namespace

extern constinit const Check manifest_format = define_check<format>({
    .id = "manifest/format",
    .title = "The manifest has the format that the platform reads",
    .requirement =
        "The manifest has the format of the platform that it is submitted to: ai-plugin.json v1 for ChatGPT and GPT "
        "Pro, the plugin manifest v2 for Microsoft 365 Copilot.",
    .rationale = "Both files are called ai-plugin.json, but share few members. No platform reads the other's.",
    .remedy = "Choose the profile of the platform that the plugin is for, or write a manifest in its format.",
    .source = "OpenAI, Getting started (late 2023); Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot",
    .passing = R"("schema_version": "v1")",
    .failing = R"("schema_version": "v2.2", with the profile openai-plugin-v1)",
});

}  // namespace plugvet::checks
