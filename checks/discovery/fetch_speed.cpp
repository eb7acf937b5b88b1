#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement fetch_speed(const Fetches& fetches, const Parameters& limits) {
  const std::size_t maximum = limits.count("maximum_ms");
  const std::size_t too_late = limits.count("too_late_ms");  // beyond it, discovery/fetch-time has said so
  Judgement judgement;
  for (const Fetch& fetch : fetches.all) {
    if (fetch.artefact != Artefact::manifest && fetch.artefact != Artefact::api) continue;
    const auto took = static_cast<std::size_t>(fetch.took.count());
    if (fetch.problem || took > too_late) {
      judgement.blocked_because = fetch.problem ? fetch.problem->what : named(fetch) + " arrived too late to be used.";
      continue;
    }
    if (took <= maximum) continue;
    const std::string actual = std::to_string(took) + " ms";
    judgement.findings.push_back({fetch.named_by, named(fetch) + " took " + actual + " to arrive.",
                                  "at most " + std::to_string(maximum) + " ms", actual, fetch.final_url()});
  }
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

}  // namespace

extern constinit const Check discovery_fetch_speed = define_check<fetch_speed>({
    .id = "discovery/fetch-speed",
    .title = "Manifest and OpenAPI document arrive with time to spare",
    .requirement =
        "ai-plugin.json and the OpenAPI document each arrive within 5 seconds, a third of what the platform allows.",
    .rationale =
        "What takes five seconds from here may take fifteen under load or from another continent, and then the "
        "plugin is gone.",
    .remedy = "Serve both as static files; keep an instance warm where the hosting starts machines on demand.",
    .source = "OpenAI, Plugins in production (2023-09), for the 15 seconds; plugvet, own judgement, for the margin",
    .passing = "420 ms",
    .failing = "6 300 ms",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
