#include <algorithm>

#include "harness/engine/engine.h"
#include "harness/support/text.h"

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

Problem unknown_check(std::string_view pattern, std::span<const Check* const> checks, std::string_view option) {
  std::vector<std::string_view> known;
  for (const Check* check : checks) known.push_back(check->info.id);
  const std::string near = nearest(pattern, known);
  Problem problem;
  problem.id = "user.unknown_check";
  problem.blame = Blame::user;
  problem.what = std::string{option} + ": there is no check " + printable(pattern) +
                 (near.empty() ? "; `plugvet list` shows them all." : "; did you mean " + near + "?");
  return problem;
}

std::optional<Problem> first_unknown(std::span<const std::string> patterns, std::span<const Check* const> checks,
                                     std::string_view option) {
  for (const std::string& pattern : patterns) {
    const auto known = [&](const Check* check) { return matches(pattern, check->info.id); };
    if (std::ranges::none_of(checks, known)) return unknown_check(pattern, checks, option);
  }
  return std::nullopt;
}

}  // namespace

Result<Plan> make_plan(const Profile& profile, std::span<const Check* const> checks, std::span<const std::string> only,
                       std::span<const std::string> skip) {
  if (auto problem = first_unknown(only, checks, "--only")) return *problem;
  if (auto problem = first_unknown(skip, checks, "--skip")) return *problem;

  Plan plan{profile.name, profile.title, profile.about, profile.manifest, {}, {}};
  for (const Check* check : checks) {
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
