#include "checks/format.h"
#include "checks/placeholders.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

Judgement api_domain(const Manifest& manifest) {
  const std::string root = manifest.root_domain();
  if (root.empty())
    return Judgement::not_applicable("The manifest was read from disk; review its URL to have the domains compared.");
  const std::string* text = manifest.text("/api/url");
  if (!text) return Judgement::pass();
  const auto url = Url::parse(*text);
  if (!url || is_example_host(url->host())) return Judgement::pass();
  if (is_same_or_subdomain(url->host(), root)) return Judgement::pass();
  const std::string host = printable(display_host(url->host()));
  return Judgement::fail({manifest.at("/api/url"),
                          "api.url lies on " + host + "; the manifest was finally served by " + printable(root) + ".",
                          printable(root) + " or a subdomain of it",
                          host,
                          {}});
}

}  // namespace

extern constinit const Check manifest_api_domain = define_check<of_ai_plugin<api_domain>>({
    .id = "manifest/api-domain",
    .title = "The OpenAPI document lies on the plugin's root domain",
    .requirement =
        "The host of api.url equals the root domain or is a subdomain of it. The root domain is the host that "
        "finally served the manifest, without one leading \"www.\".",
    .rationale = "Otherwise a plugin could pass for one service and send what people say to another.",
    .remedy =
        "Serve the OpenAPI document on the same host as the manifest or on a subdomain. After a redirect the last host "
        "counts.",
    .source = "OpenAI, Plugins in production (2023-09): manifest validation; PluginLab, chatgpt-plugin-validator",
    .passing = R"(root domain acme.com, "url": "https://api.acme.com/openapi.yaml")",
    .failing = R"(root domain acme.com, "url": "https://evilacme.com/openapi.yaml")",
});

}  // namespace plugvet::checks
