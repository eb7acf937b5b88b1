#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement api_type(const Manifest& manifest) {
  const std::string* type = manifest.text("/api/type");
  if (!type || *type == "openapi") return Judgement::pass();
  return Judgement::fail(
      {manifest.at("/api/type"), "api.type is " + in_quotes(*type) + ".", "openapi", in_quotes(*type), {}});
}

}  // namespace

extern constinit const Check manifest_api_type = define_check<of_ai_plugin<api_type>>({
    .id = "manifest/api-type",
    .title = "The API type is openapi",
    .requirement = "api.type is exactly the text openapi, in lower case.",
    .rationale = "It is the only type that was ever defined; the platform does not know what to do with another.",
    .remedy = R"(Write "type": "openapi".)",
    .source = "OpenAI, Getting started (late 2023): api; PluginLab, chatgpt-plugin-validator",
    .passing = R"("api": {"type": "openapi", "url": "https://api.acme.com/openapi.yaml"})",
    .failing = R"("api": {"type": "swagger", …})",
});

}  // namespace plugvet::checks
