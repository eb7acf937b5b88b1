#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// A dot must precede the suffix: "evilacme.com" is no child of "acme.com".
bool is_child(const std::string& host, const std::string& parent) {
  return host != parent && is_same_or_subdomain(host, parent);
}

bool may_redirect(const Url& from, const Url& to) {
  if (from.host() == to.host()) return true;
  if (from.host_is_address() || to.host_is_address()) return false;
  return is_child(to.host(), from.host()) || from.host() == "www." + to.host();
}

std::string relation(const Url& from, const Url& to) {
  if (to.host_is_address()) return "an IP address";
  if (is_child(from.host(), to.host())) return "its parent domain";
  const std::string domain = registrable_domain(from.host());
  if (!domain.empty() && domain == registrable_domain(to.host())) return "a sibling domain";
  return "a foreign domain";
}

Judgement redirect_target(const Fetches& fetches) {
  const Fetch* fetch = fetches.of(Artefact::manifest);
  if (!fetch) return Judgement::not_applicable("No manifest was asked for.");
  Judgement judgement;
  for (std::size_t i = 1; i < fetch->hops.size(); ++i) {
    const auto from = Url::parse(fetch->hops[i - 1].request.url);
    const auto to = Url::parse(fetch->hops[i].request.url);
    if (!from || !to || may_redirect(*from, *to)) continue;
    judgement.findings.push_back(
        {fetch->named_by,
         "The manifest's host " + printable(from->host()) + " redirects to " + printable(shortened(to->text(), 200)) +
             ", which is " + relation(*from, *to) + ".",
         "the same host, a subdomain of " + printable(from->host()) + ", or the host without its leading www.",
         printable(to->host()), fetch->hops[i - 1].request.url});
  }
  // A chain that broke may have wanted to go anywhere.
  if (judgement.findings.empty() && fetch->problem && fetch->redirects().empty())
    judgement.blocked_because = fetch->problem->what;
  return judgement;
}

}  // namespace

extern constinit const Check discovery_redirect_target = define_check<redirect_target>({
    .id = "discovery/redirect-target",
    .title = "The manifest redirects only to a subdomain of its host",
    .requirement =
        "Each redirect of the manifest stays on the host, goes to a subdomain of the current host, or goes from "
        "www.X to X. Parent, sibling and foreign domains are refused; another port or path is allowed.",
    .rationale =
        "The host that finally serves the manifest becomes the plugin's root domain. Other redirects would let a "
        "plugin claim a domain that is not its own.",
    .remedy = "Serve the manifest on the domain that is submitted, or submit the domain that serves it.",
    .source = "OpenAI, Plugins in production (2023-09); PluginExplorer, manifest scanner",
    .passing = "https://example.com/… redirects to https://plugin.example.com/…",
    .failing = "https://foo.example.com/… redirects to https://example.com/…",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
