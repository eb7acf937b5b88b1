#include <fmt/format.h>

#include <set>

#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_steady_answers(const Probing& probing, const Evidence& evidence) {
  Judgement judgement;
  std::set<std::string> seen;
  for (const Probe& probe : probing.probes) {
    if (!probe.is_flaky || !seen.insert(probe.operation).second) continue;
    Finding finding =
        probe_finding(probe, probe.where, "When the same request was sent twice more, it was answered otherwise.",
                                    "the same answer to the same request", answer_of(probe));
    finding.reproduction = curl_line(probe.exchange.request, evidence.secrets);
    judgement.findings.push_back(std::move(finding));
  }
  return judgement;
}

}  // namespace

extern constinit const Check conformance_steady_answers = define_check<judge_steady_answers>({
    .id = "conformance/steady-answers",
    .title = "The same request is answered in the same way",
    .requirement =
        "A request that only reads and is answered wrongly is answered wrongly when it is sent again; it does not work "
        "the second time.",
    .rationale = "What fails now and then is reported now and then, and found by nobody. The platform gives up on it.",
    .remedy = "Look for what several requests share: connections, files, caches, a counter.",
    .source = "OpenAI, Plugins in production (2023-09)",
    .passing = "200, 200, 200",
    .failing = "200, 500, 200",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
