#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement manifest_content_type(const Fetches& fetches, const Result<Manifest>& manifest, const Parameters& limits) {
  const auto accepted = limits.list("accepted");
  return judge_media_type(fetches, Artefact::manifest, manifest.problem(), accepted, "as JSON text with",
                          listed(accepted, "or"));
}

}  // namespace

extern constinit const Check discovery_manifest_content_type = define_check<manifest_content_type>({
    .id = "discovery/manifest-content-type",
    .title = "The manifest is sent as application/json",
    .requirement =
        "The Content-Type of the manifest is application/json; text/json, which OpenAI's older sample sends, is "
        "tolerated.",
    .rationale = "Hosts in the browser and proxies rely on the declared type. A wrong one works here and fails there.",
    .remedy = "Send \"Content-Type: application/json\" with the manifest.",
    .source = "OpenAI, plugins-quickstart; OpenAI, Plugins: getting started (spring 2023); plugvet, own judgement",
    .passing = "Content-Type: application/json; charset=utf-8",
    .failing = "Content-Type: text/plain",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
