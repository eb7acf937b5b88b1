#include <algorithm>

#include "harness/engine/engine.h"
#include "harness/engine/profiles.h"

namespace plugvet {

namespace {

/// An id, or `group/*`.
bool matches(std::string_view pattern, std::string_view id) {
  if (pattern.ends_with("/*")) return id.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == id;
}

bool matches_any(std::span<const std::string> patterns, std::string_view id) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return matches(pattern, id); });
}

}  // namespace

Result<Plan> make_plan(const Profile& profile, std::span<const Check* const> checks, std::span<const std::string> only,
                       std::span<const std::string> skip) {
  Plan plan{profile.name, profile.title, profile.about, profile.manifest, {}, {}, profile.custom_checks};
  for (const Check* check : checks_of(profile, checks)) {
    const std::string_view id = check->info.id;
    const auto setting = profile.checks.find(id);
    if (setting == profile.checks.end() || matches_any(skip, id)) continue;
    if (!only.empty() && !matches_any(only, id)) continue;
    plan.checks.push_back({check, setting->second});
    plan.needs = plan.needs | check->needs;
  }
  std::ranges::sort(plan.checks, {}, [](const PlannedCheck& planned) { return planned.check->info.id; });
  if (plan.checks.empty()) {
    Problem problem;
    problem.id = "user.empty_plan";
    problem.blame = Blame::user;
    problem.what = "No check is left to run: the profile " + profile.name + " has none of those that were selected.";
    return problem;
  }
  return plan;
}

}  // namespace plugvet
