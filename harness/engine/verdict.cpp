#include <algorithm>

#include "harness/engine/engine.h"

namespace plugvet {

namespace {

bool has_finding_that_counts(const CheckResult& result) {
  if (result.outcome != Outcome::failed) return false;
  return std::ranges::any_of(result.waived, [](const std::string& reason) { return reason.empty(); });
}

bool could_not_be_tested(const CheckResult& result) {
  return result.outcome == Outcome::blocked || result.outcome == Outcome::crashed;
}

}  // namespace

Verdict verdict_of(std::span<const CheckResult> results, Severity fail_on) {
  const auto decides = [&](const CheckResult& r) { return r.severity >= fail_on && !r.check->info.for_reviewer; };
  if (std::ranges::any_of(results, [&](auto& r) { return decides(r) && has_finding_that_counts(r); }))
    return Verdict::rejected;
  if (std::ranges::any_of(results, [&](auto& r) { return decides(r) && could_not_be_tested(r); }))
    return Verdict::incomplete;
  return Verdict::approved;
}

}  // namespace plugvet
