#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string defect_of(const Url& url, const std::string& root) {
  if (url.host_is_address()) return "an IP address";
  if (root.find('.') == std::string::npos) return "a single label";
  if (!registrable_domain(root, true).empty()) return {};
  return registrable_domain(root).empty() ? "a public suffix" : "a name under an unlisted top-level domain";
}

Judgement root_domain(const Manifest& manifest) {
  if (!manifest.url)
    return Judgement::not_applicable("The manifest was read from disk; review its URL to have its domain judged.");
  const std::string root = manifest.root_domain();
  const std::string defect = defect_of(*manifest.url, root);
  if (defect.empty()) return Judgement::pass();
  return Judgement::fail({{},
                          "The plugin's root domain is " + printable(root) + ", which is " + defect +
                              "; nobody can register it, so no other host can be compared with it.",
                          "a registrable domain name",
                          printable(root) + " (" + defect + ")",
                          {}});
}

}  // namespace

extern constinit const Check discovery_root_domain = define_check<root_domain>({
    .id = "discovery/root-domain",
    .title = "The plugin's root domain can be registered",
    .requirement =
        "The host that finally serves the manifest, without one leading \"www.\", lies within a registrable domain "
        "of the Public Suffix List: it is no IP address, single label or bare public suffix.",
    .rationale =
        "The platform compares the hosts of API and legal page with this domain. Of an address or a public suffix "
        "there is no owner to compare.",
    .remedy = "Serve the plugin under a domain of your own, or a subdomain that your hosting gives to you alone.",
    .source = "OpenAI, Plugins in production (2023-09); PluginLab, chatgpt-plugin-validator",
    .passing = "plugin.acme.com, acme.github.io",
    .failing = "192.0.2.7, github.io",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
