#include "harness/model/check.h"

namespace plugvet {

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

}  // namespace plugvet
