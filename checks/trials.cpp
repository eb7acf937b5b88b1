#include "checks/trials.h"

#include <fmt/format.h>

#include <set>

namespace plugvet::checks {

Judgement judge_trials(const Probing& probing, const Evidence& evidence, TrialKind kind, const std::string& why,
                       const std::string& not_tried) {
  Judgement judgement;
  std::set<std::string> tried, seen;
  for (const Trial& trial : probing.trials) {
    if (trial.kind != kind) continue;
    tried.insert(trial.operation);
    if (!trial.has_effect || !seen.insert(trial.operation).second) continue;
    const int status = trial.exchange.response ? trial.exchange.response->status : 0;
    Finding finding{trial.where, fmt::format("{} answers {}, and {}", trial.operation, status, why),
                    "what can be read is as it was", "it is changed", trial.exchange.request.url, {}};
    finding.reproduction = curl_lines(trial.sent, evidence.secrets);
    judgement.findings.push_back(std::move(finding));
  }
  if (!tried.empty()) return judgement;
  return probing.ended_because.empty() ? Judgement::not_applicable(not_tried)
                                       : Judgement::blocked(probing.ended_because);
}

}  // namespace plugvet::checks
