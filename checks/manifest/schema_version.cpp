#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement schema_version(const Manifest& manifest, const Parameters& limits) {
  const std::string* version = manifest.text("/schema_version");
  if (!version) return Judgement::pass();
  const auto accepted = limits.list("accepted");
  for (const std::string& known : accepted)
    if (*version == known) return Judgement::pass();
  return Judgement::fail({manifest.at("/schema_version"),
                          "schema_version is " + in_quotes(*version) + ".",
                          listed(accepted, "or"),
                          in_quotes(*version),
                          {}});
}

}  // namespace

extern constinit const Check manifest_schema_version = define_check<of_ai_plugin<schema_version>>({
    .id = "manifest/schema-version",
    .title = "The schema version is v1",
    .requirement = "schema_version is exactly the text v1.",
    .rationale =
        "It decides how the rest is read. v1 is the only value that was ever documented for ai-plugin.json; all 600 "
        "manifests that we have from the plugin store have it.",
    .remedy = R"(Write "schema_version": "v1". The version of your plugin does not belong here.)",
    .source = "OpenAI, Getting started (late 2023): schema_version; Microsoft, OpenApi.ApiManifest",
    .passing = R"("schema_version": "v1")",
    .failing = R"("schema_version": "1.0")",
});

}  // namespace plugvet::checks
