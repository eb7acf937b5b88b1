#include "harness/model/check.h"

#include <algorithm>
#include <set>

namespace plugvet {

namespace {

constexpr std::size_t most_probe_findings = 50;

/// Why no probe says anything; empty: some may.
std::string why_no_probes(const Probing& probing) {
  if (!probing.probes.empty()) return {};
  for (const ProbedOperation& operation : probing.operations)
    if (!operation.not_probed_because.empty())
      return "No operation was called. " + operation.name + ": " + operation.not_probed_because + ".";
  return "The API description has no operation that could be called.";
}

/// Why not everything was sent that should have been; empty: it was.
std::string why_incomplete(const Probing& probing) {
  if (!probing.ended_because.empty()) return probing.ended_because;
  for (const ProbedOperation& operation : probing.operations)
    if (!operation.ended_because.empty()) return operation.name + ": " + operation.ended_because;
  return {};
}

}  // namespace

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

std::optional<Severity> severity_named(std::string_view name) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error})
    if (name == name_of(severity)) return severity;
  return std::nullopt;
}

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::failed:
      return "failed";
    case Outcome::not_applicable:
      return "not_applicable";
    case Outcome::blocked:
      return "blocked";
    case Outcome::crashed:
      return "crashed";
    case Outcome::skipped:
      return "skipped";
  }
  return "crashed";
}

Ruling ruling_without_artefact(const std::string& because) {
  return {Outcome::skipped, {}, because};
}

Ruling ruling_of(Judgement judgement) {
  if (!judgement.blocked_because.empty()) return {Outcome::blocked, {}, std::move(judgement.blocked_because)};
  if (!judgement.not_applicable_because.empty())
    return {Outcome::not_applicable, {}, std::move(judgement.not_applicable_because)};
  const Outcome outcome = judgement.findings.empty() ? Outcome::passed : Outcome::failed;
  return {outcome, std::move(judgement), {}};
}

std::string finding_key(const Probe& probe, const Finding& finding) {
  return probe.operation + '\n' + finding.where.file + '\n' + finding.where.pointer;
}

Judgement judge_probes(ProbeRule rule, const Evidence& evidence, const Parameters& parameters) {
  const Probing& probing = **evidence.probing;
  if (std::string why = why_no_probes(probing); !why.empty())
    return probing.ended_because.empty() ? Judgement::not_applicable(std::move(why))
                                         : Judgement::blocked(probing.ended_because);
  Judgement all;
  std::set<std::string> seen;
  for (const Probe& probe : probing.probes) {
    if (probe.is_flaky) continue;
    for (Finding& finding : rule(probe, evidence, parameters).findings) {
      if (all.findings.size() == most_probe_findings || !seen.insert(finding_key(probe, finding)).second) continue;
      if (finding.reproduction.empty()) {
        std::vector<Request> requests = probe.before;
        requests.push_back(probe.exchange.request);
        finding.reproduction = curl_lines(requests, evidence.secrets);
      }
      all.findings.push_back(std::move(finding));
    }
  }
  if (all.findings.empty())
    if (std::string why = why_incomplete(probing); !why.empty()) return Judgement::blocked(std::move(why));
  return all;
}

}  // namespace plugvet
