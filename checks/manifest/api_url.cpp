#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

// What nobody can resolve (blank, a host with a port) or is wrong otherwise is manifest/url-shape's finding, what a
// template left is manifest/placeholders'.
Judgement api_url(const Manifest& manifest) {
  const std::string* url = manifest.text("/api/url");
  if (!url || !is_resolvable_reference(*url)) return Judgement::pass();
  if (!placeholder_in(*url, TextRole::address).empty()) return Judgement::pass();
  const std::string actual = in_quotes(*url);
  return Judgement::fail({manifest.at("/api/url"),
                          "api.url is " + actual + ", which has no scheme and host.",
                          "an absolute https URL",
                          actual,
                          {}});
}

}  // namespace

extern constinit const Check manifest_api_url = define_check<of_ai_plugin<api_url>>({
    .id = "manifest/api-url",
    .title = "The URL of the OpenAPI document is absolute",
    .requirement = "api.url is a complete URL with scheme and host.",
    .rationale = "Every documented example is absolute. The store took relative ones all the same (15 of 600 approved "
                 "plugins have one); other readers do not.",
    .remedy = "Write the whole URL: https://, the host, the path.",
    .source = "OpenAI, Getting started (late 2023): api; PluginLab, chatgpt-plugin-validator",
    .passing = R"("url": "https://api.acme.com/openapi.yaml")",
    .failing = R"("url": "/openapi.yaml")",
});

}  // namespace plugvet::checks
