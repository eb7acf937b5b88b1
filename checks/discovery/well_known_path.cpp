#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::string_view well_known = "/.well-known/ai-plugin.json";

Judgement well_known_path(const Fetches& fetches) {
  const Fetch* fetch = fetches.of(Artefact::manifest);
  if (!fetch) return Judgement::not_applicable("No manifest was asked for.");
  const auto url = Url::parse(fetch->requested_url());
  if (!url) return Judgement::blocked(url.problem()->what);
  // Only the first address counts: after a redirect the manifest may lie on any path.
  if (url->path() == well_known && url->query().empty()) return Judgement::pass();
  const std::string target = url->path() + (url->query().empty() ? "" : "?" + url->query());
  return Judgement::fail({fetch->named_by,
                          "The manifest was submitted at " + printable(shortened(target, 200)) +
                              "; platforms ask for " + std::string(well_known) + " at the root of the host only.",
                          std::string(well_known), printable(shortened(target, 200)), fetch->requested_url()});
}

}  // namespace

extern constinit const Check discovery_well_known_path = define_check<well_known_path>({
    .id = "discovery/well-known-path",
    .title = "The manifest lies at the well-known path of its host",
    .requirement =
        "The manifest is served at exactly /.well-known/ai-plugin.json at the root of the submitted host. Other "
        "folders are not tried.",
    .rationale =
        "People install a plugin by its domain alone. The platform adds this path, and finds nothing elsewhere.",
    .remedy = "Serve the file at /.well-known/ai-plugin.json of the host itself, or redirect from there.",
    .source =
        "OpenAI, Plugins: getting started (spring 2023); OpenAI developer forum, topic 328743; Witivio, GPT Pro: build "
        "plugins",
    .passing = "https://api.acme.com/.well-known/ai-plugin.json",
    .failing = "https://acme.com/v1/.well-known/ai-plugin.json",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
