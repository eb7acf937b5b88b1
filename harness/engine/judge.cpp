#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>

#include "harness/engine/engine.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet {

namespace {

using Clock = std::chrono::steady_clock;

Ruling rule_on(const PlannedCheck& planned, const Evidence& evidence) {
  try {
    return planned.check->rule(evidence, planned.setting.parameters);
  } catch (const std::exception& error) {
    return {Outcome::crashed, {}, "A defect of plugvet, not of the plugin: " + printable(error.what()) + "."};
  } catch (...) {
    return {Outcome::crashed, {}, "A defect of plugvet, not of the plugin: an unknown exception."};
  }
}

bool has_expired(const Waiver& waiver, const Evidence& evidence) {
  return std::chrono::floor<std::chrono::days>(evidence.now) > waiver.expires;
}

bool accepts(const Waiver& waiver, std::string_view id, const Finding& finding) {
  return waiver.check == id && (waiver.pointer == "*" || waiver.pointer == finding.where.pointer);
}

/// Applies waivers to results and remembers which of them did something.
class WaiverDesk {
 public:
  WaiverDesk(const std::vector<Waiver>& waivers, const Evidence& evidence)
      : waivers_{waivers}, evidence_{evidence}, used_(waivers.size(), false) {}

  std::string reason_for(std::string_view id, const Finding& finding) {
    for (std::size_t i = 0; i < waivers_.size(); ++i) {
      if (!accepts(waivers_[i], id, finding) || has_expired(waivers_[i], evidence_)) continue;
      used_[i] = true;
      return waivers_[i].reason;
    }
    return {};
  }

  std::vector<IdleWaiver> idle() const {
    std::vector<IdleWaiver> idle;
    for (std::size_t i = 0; i < waivers_.size(); ++i) {
      if (used_[i]) continue;
      const Waiver& waiver = waivers_[i];
      const std::chrono::year_month_day day{waiver.expires};
      const bool expired = has_expired(waiver, evidence_);
      idle.push_back({waiver.check, waiver.pointer, expired ? "expired on " + date_text(day) : "matches no finding",
                      waiver.position});
    }
    return idle;
  }

 private:
  const std::vector<Waiver>& waivers_;
  const Evidence& evidence_;
  std::vector<bool> used_;
};

/// `start`: when the check before it ended, which becomes when this one did; asking for the time takes as long as many checks.
CheckResult judge_one(const PlannedCheck& planned, const Evidence& evidence, Clock::time_point& start) {
  Ruling ruling = rule_on(planned, evidence);
  CheckResult result;
  const auto end = Clock::now();
  result.took = std::chrono::duration_cast<std::chrono::microseconds>(end - start);
  start = end;
  result.check = planned.check;
  result.severity = planned.setting.severity;
  result.outcome = ruling.outcome;
  if (ruling.outcome == Outcome::failed) result.limits = planned.setting.parameters;
  result.reason = std::move(ruling.reason);
  result.findings = std::move(ruling.judgement.findings);
  result.measures = std::move(ruling.judgement.measures);
  result.quotes = std::move(ruling.judgement.quotes);
  return result;
}

/// Starting a thread takes as long as judging a small submission.
bool is_large(const Evidence& evidence) {
  constexpr std::size_t large = std::size_t{256} << 10;
  return evidence.api && *evidence.api && (*evidence.api)->document.text().size() > large;
}

/// Checks look at nothing but the evidence, which nobody changes: any number of them may run at once.
std::vector<CheckResult> judge_all(const Plan& plan, const Evidence& evidence, unsigned jobs) {
  std::vector<CheckResult> results(plan.checks.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    auto start = Clock::now();
    for (std::size_t i = next++; i < results.size(); i = next++) results[i] = judge_one(plan.checks[i], evidence, start);
  };
  std::vector<std::jthread> helpers;
  try {
    for (unsigned i = 1; is_large(evidence) && i < jobs; ++i) helpers.emplace_back(work);
  } catch (const std::system_error&) {  // the system grants no more; those that run do all the work
  }
  work();
  helpers.clear();
  return results;
}

}  // namespace

std::vector<std::string> complaints_of(const Plan& plan, const Evidence& evidence, const Probe& probe) {
  std::vector<std::string> complaints;
  for (const PlannedCheck& planned : plan.checks) {
    if (!planned.check->probe_rule) continue;
    try {
      for (const Finding& finding : planned.check->probe_rule(probe, evidence, planned.setting.parameters).findings)
        complaints.push_back(std::string{planned.check->info.id} + '\n' + finding_key(probe, finding));
    } catch (const std::exception&) {  // it is `crashed` when it judges
    }
  }
  return complaints;
}

Review judge(const Plan& plan, std::shared_ptr<const Evidence> evidence, const JudgeOptions& options) {
  Review review;
  review.tool_version = options.tool_version;
  review.started_at = options.started_at;
  review.seed = options.seed;
  review.profile = plan.profile;
  review.profile_title = plan.profile_title;
  review.profile_about = plan.profile_about;
  review.custom_checks = plan.custom_checks;
  review.fail_on = options.fail_on;
  WaiverDesk desk{options.waivers, *evidence};
  review.results = judge_all(plan, *evidence, options.jobs);
  for (CheckResult& result : review.results)
    for (const Finding& finding : result.findings)
      result.waived.push_back(desk.reason_for(result.check->info.id, finding));
  review.idle_waivers = desk.idle();
  review.verdict = verdict_of(review.results, options.fail_on);
  review.evidence = std::move(evidence);
  return review;
}

}  // namespace plugvet
