#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/waivers.h"
#include "harness/model/check.h"
#include "harness/model/profile.h"
#include "harness/model/review.h"

namespace plugvet {

/// One check that will run, with what the profile wants of it.
struct PlannedCheck {
  const Check* check = nullptr;
  CheckSetting setting;
};

/// What will be done: which checks, and what has to be collected for them.
struct Plan {
  std::string profile, profile_title, profile_about;
  ManifestKind manifest = ManifestKind::ai_plugin;
  std::vector<PlannedCheck> checks;  ///< by id
  Needs needs;
  std::vector<std::shared_ptr<const Check>> custom_checks;  ///< the profile's: `checks` points to them
};

/// `only` and `skip`: an id or `group/*`; what they name that the profile has not is passed over. The problem
/// (Blame::user): nothing is left.
Result<Plan> make_plan(const Profile& profile, std::span<const Check* const> checks, std::span<const std::string> only,
                       std::span<const std::string> skip);

struct JudgeOptions {
  Severity fail_on = Severity::error;
  std::vector<Waiver> waivers;
  std::string tool_version;
  std::chrono::system_clock::time_point started_at;
  std::uint64_t seed = 0;
  unsigned jobs = 1;  ///< how many checks may run at once where the submission is large
};

/// Runs every planned check over the evidence and assembles the review. Any order of the checks gives the same review.
/// The only place where an exception of a check is caught: it becomes `crashed`.
Review judge(const Plan& plan, std::shared_ptr<const Evidence> evidence, const JudgeOptions& options);

/// What the checks of a plan say of one exchange of a probed operation: a word for each finding, the same for the same.
std::vector<std::string> complaints_of(const Plan& plan, const Evidence& evidence, const Probe& probe);

/// Rejected: a finding that counts, at or above `fail_on`, that no waiver accepts. Incomplete: not rejected, and a
/// check at or above `fail_on` was blocked or crashed. For-reviewer checks never decide.
Verdict verdict_of(std::span<const CheckResult> results, Severity fail_on);

}  // namespace plugvet
