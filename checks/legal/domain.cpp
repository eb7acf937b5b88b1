#include "checks/format.h"
#include "checks/placeholders.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

Judgement legal_domain_of(const Manifest& manifest) {
  const std::string root = manifest.root_domain();
  if (root.empty())
    return Judgement::not_applicable("The manifest was read from disk; review its URL to have the domains compared.");
  const std::string* text = manifest.text("/legal_info_url");
  const auto url = text ? Url::parse(*text) : Result<Url>(Problem{});
  // What is no URL or a placeholder is reported by the checks of the manifest, an address by transport/public-address.
  if (!url || url->host_is_address() || is_example_host(url->host()) || is_same_or_subdomain(url->host(), root)) return Judgement::pass();
  const std::string expected = registrable_domain(root), found = registrable_domain(url->host());
  if (!expected.empty() && expected == found) return Judgement::pass();
  const std::string host = printable(display_host(url->host()));
  return Judgement::fail({manifest.at("/legal_info_url"),
                          "legal_info_url lies on " + host + "; the manifest was finally served by " + printable(root) + ".",
                          "a page of " + printable(expected.empty() ? root : expected), host, {}});
}

}  // namespace

extern constinit const Check legal_domain = define_check<of_ai_plugin<legal_domain_of>>({
    .id = "legal/domain",
    .title = "The legal page lies on the plugin's own domain",
    .requirement =
        "The registrable domain of legal_info_url is that of the root domain: acme.com for www.acme.com and for "
        "legal.acme.com. The root domain is the host that finally served the manifest.",
    .rationale = "Terms on somebody else's site say nothing about this plugin, and may be changed or vanish without notice.",
    .remedy = "Publish the page on the domain that serves the manifest.",
    .source = "OpenAI, Plugins in production (2023-09): legal_info_url must match the root domain; PluginLab, "
              "chatgpt-plugin-validator",
    .passing = R"(root domain acme.com, "legal_info_url": "https://legal.acme.com/terms")",
    .failing = R"(root domain acme.com, "legal_info_url": "https://acme.org/legal")",
});

}  // namespace plugvet::checks
