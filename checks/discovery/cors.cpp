#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement cors(const Submission& submission, const CorsProbes& probes) {
  if (submission.is_loopback()) return Judgement::not_applicable("On localhost discovery/localhost-cors judges it.");
  Judgement judgement;
  for (const CorsProbe& probe : probes.all) {
    const auto& response = probe.actual.response;
    if (!response) {
      judgement.blocked_because = probe.actual.problem ? probe.actual.problem->what : "There is no answer to judge.";
      continue;
    }
    if (response->status >= 400) {  // an error page; a redirect must permit it as well
      judgement.blocked_because = std::string(subject_of(probe.artefact)) + " is not what answers.";
      continue;
    }
    const std::string* allowed = find_header(response->headers, "access-control-allow-origin");
    if (allowed && !is_blank(*allowed)) continue;
    judgement.findings.push_back(
        {{probe.artefact, {}, {}},
         std::string(subject_of(probe.artefact)) +
             " is sent without Access-Control-Allow-Origin. ChatGPT reads it from its servers and "
             "does not mind; hosts that run in a browser cannot read it.",
         "an Access-Control-Allow-Origin header",
         "none",
         probe.actual.request.url});
  }
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

}  // namespace

extern constinit const Check discovery_cors = define_check<cors>({
    .id = "discovery/cors",
    .title = "Hosts in a browser can read manifest and OpenAPI document",
    .requirement =
        "Manifest and OpenAPI document may be sent with Access-Control-Allow-Origin, so that hosts that run in a "
        "browser can read them.",
    .rationale =
        "ChatGPT fetches the files of public plugins from its servers, so nothing depends on it there. Others, like "
        "Microsoft's chat-copilot, fetch them in the browser.",
    .remedy = "Send \"Access-Control-Allow-Origin: *\" with both files: they are public anyway.",
    .source = "Microsoft, chat-copilot, issues 380 and 452",
    .passing = "Access-Control-Allow-Origin: *",
    .failing = "no such header",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
