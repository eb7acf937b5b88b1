#include "checks/format.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

Judgement host(const Manifest& manifest) {
  const std::string root = manifest.root_domain();
  if (root.empty())
    return Judgement::not_applicable("The manifest was read from disk; review its URL to have hosts compared.");
  const std::string* text = manifest.text("/logo_url");
  const auto url = text ? Url::parse(*text) : Result<Url>(Problem{});
  if (!url || is_same_or_subdomain(url->host(), root)) return Judgement::pass();
  const std::string domain = registrable_domain(root);
  if (!domain.empty() && domain == registrable_domain(url->host())) return Judgement::pass();
  const std::string other = printable(display_host(url->host()));
  return Judgement::fail({manifest.at("/logo_url"),
                          "The logo comes from " + other + ", the plugin from " + printable(root) + ".",
                          "a host of the plugin's own domain",
                          other,
                          {}});
}

}  // namespace

extern constinit const Check logo_host = define_check<of_ai_plugin<host>>({
    .id = "logo/host",
    .title = "The logo comes from the plugin's own domain",
    .requirement = "logo_url lies on the registrable domain of the plugin. No platform demands it.",
    .rationale = "Another party can change or remove the picture at any time, and sees who looks at it.",
    .remedy = "Serve the logo beside the manifest.",
    .source = "OpenAI, Plugins in production (2023-09): no rule for logos; plugvet, own judgement",
    .passing = R"(root domain acme.com, "logo_url": "https://cdn.acme.com/logo.png")",
    .failing = R"(root domain acme.com, "logo_url": "https://i.imgur.com/x.png")",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
