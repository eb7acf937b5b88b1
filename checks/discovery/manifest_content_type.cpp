#include <algorithm>

#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement manifest_content_type(const Fetches& fetches, const Result<Manifest>& manifest, const Parameters& limits) {
  const Problem* problem = manifest.problem();
  if (problem && problem->rung <= Rung::content_type) return Judgement::blocked(problem->what);
  const FoundFetch found = find_fetch(fetches, Artefact::manifest, problem);
  if (!found.fetch) return Judgement::blocked(found.missing_because);
  const Response* response = found.fetch->response();
  if (!response) return Judgement::blocked("There is no answer to judge.");
  const std::string type = response->media_type();
  const auto accepted = limits.list("accepted");
  if (std::find(accepted.begin(), accepted.end(), type) != accepted.end()) return Judgement::pass();
  const std::string actual = type.empty() ? "no Content-Type" : printable(shortened(type, 100));
  return Judgement::fail({found.fetch->named_by, named(*found.fetch) + " is sent as JSON text with " + actual + ".",
                          listed(accepted, "or"), actual, found.fetch->final_url()});
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
