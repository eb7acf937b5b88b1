#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

bool is_timed(const Fetch& fetch) {
  return fetch.artefact == Artefact::manifest || fetch.artefact == Artefact::api;
}

Finding finding_of(const Fetch& fetch, std::size_t maximum) {
  const std::string took = std::to_string(fetch.took.count()) + " ms";
  const std::string message = fetch.problem ? named(fetch) + " had not arrived after " + took + "."
                                            : named(fetch) + " took " + took + " to arrive.";
  return {fetch.named_by, message, "at most " + std::to_string(maximum) + " ms", took, fetch.final_url()};
}

Judgement fetch_time(const Fetches& fetches, const Parameters& limits) {
  const std::size_t maximum = limits.count("maximum_ms");
  Judgement judgement;
  for (const Fetch& fetch : fetches.all) {
    if (!is_timed(fetch)) continue;
    const auto took = static_cast<std::size_t>(fetch.took.count());
    if (fetch.problem && !is_deadline(*fetch.problem)) {
      judgement.blocked_because = fetch.problem->what;
      continue;
    }
    if (fetch.problem && took < maximum) {  // the user's --deadline was shorter than the platform's patience
      judgement.blocked_because = named(fetch) +
                                  " had not arrived when this review's own deadline ended the wait after " +
                                  std::to_string(took) + " ms; the platform waits " + std::to_string(maximum) + " ms.";
      continue;
    }
    judgement.measures.push_back({fetch.named_by, std::string(noun_of(fetch.artefact)), static_cast<double>(took),
                                  static_cast<double>(maximum), "ms"});
    if (took >= maximum) judgement.findings.push_back(finding_of(fetch, maximum));
  }
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

}  // namespace

extern constinit const Check discovery_fetch_time = define_check<fetch_time>({
    .id = "discovery/fetch-time",
    .title = "Manifest and OpenAPI document arrive before the platform gives up",
    .requirement =
        "ai-plugin.json and the OpenAPI document each arrive within 15 seconds, from the name look-up to the last "
        "byte, redirects included.",
    .rationale = "The platform aborts the round trip after that time, and the plugin cannot be installed or used.",
    .remedy = "Serve both as static files; keep an instance warm where the hosting starts machines on demand.",
    .source = "OpenAI, Plugins in production (2023-09)",
    .passing = "420 ms",
    .failing = "18 200 ms, while a sleeping instance starts",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
