#include <fmt/format.h>

#include "checks/domains.h"
#include "checks/format.h"
#include "checks/host_lists.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement permanent_domain(const Manifest& manifest) {
  const std::string host = own_host(manifest);
  const std::string_view provider = entry_for("shared-hosts", host);
  // The provider's own name is discovery/root-domain's finding.
  if (provider.empty() || provider == host) return Judgement::pass();
  return Judgement::fail({manifest.url ? Location{} : manifest.at("/api/url"),
                          fmt::format("The plugin is known as {}, a name that belongs to {}. A plugin cannot be moved to "
                                      "another domain later: there it is another plugin.",
                                      printable(host), provider),
                          "a domain of your own",
                          printable(host),
                          {}});
}

}  // namespace

extern constinit const Check production_permanent_domain = define_check<of_ai_plugin<permanent_domain>>({
    .id = "production/permanent-domain",
    .title = "The plugin is known by a domain of its own",
    .requirement =
        "The host that serves the manifest is not one that a provider lends (vercel.app, herokuapp.com). From disk the host "
        "of api.url counts.",
    .rationale =
        "A plugin's identity is its domain: on another one it is another plugin, with no users. A borrowed name cannot be "
        "taken along when the provider is changed.",
    .remedy = "Publish the plugin under a domain of your own before anybody installs it.",
    .source = "OpenAI community, \"Can we have the plugin manifest file apart from domain root\"",
    .passing = "https://todo.acme.com",
    .failing = "https://acme-todo.vercel.app",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
