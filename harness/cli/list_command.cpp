#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/catalogue.h"
#include "harness/cli/commands.h"
#include "harness/cli/explanation.h"
#include "harness/cli/values.h"
#include "harness/engine/profiles.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

using Checks = std::vector<const Check*>;

/// With `profile` the severities are the profile's.
std::string list_text(const Checks& checks, const Profile* profile) {
  std::size_t longest = 0;
  for (const Check* check : checks) longest = std::max(longest, check->info.id.size());
  std::string text;
  std::string_view group;
  for (const Check* check : checks) {
    if (!group.empty() && group_of(*check) != group) text += '\n';
    group = group_of(*check);
    const CheckSetting* setting = profile ? setting_of(*profile, *check) : nullptr;
    const std::string_view severity =
        check->info.for_reviewer ? "reviewer" : name_of(setting ? setting->severity : check->info.severity);
    text += fmt::format("{:<{}}  {:<8}  {}\n", check->info.id, longest, severity, check->info.title);
  }
  return text + (profile ? fmt::format("\n{} in the profile {}\n", counted(checks.size(), "check"), profile->name)
                         : fmt::format("\n{}\n", counted(checks.size(), "check")));
}

Result<std::string> format_of(const Arguments& arguments) {
  const Given* given = arguments.one("report");
  if (!given) return std::string{"text"};
  static constexpr std::string_view known[] = {"text", "json", "markdown"};
  if (std::ranges::find(known, given->value) != std::end(known)) return given->value;
  return usage_problem(fmt::format("--report: a list is text, json or markdown, not {}.", printable(given->value)));
}

/// The one that the user names, else those that are shipped.
Result<std::vector<Profile>> profiles_of(const Arguments& arguments, const Parts& parts) {
  const Given* given = arguments.one("profile");
  if (!given) return shipped_profiles_of(parts);
  auto profile = ProfileLibrary{parts.profiles, parts.checks}.load(given->value);
  if (!profile) return usage_problem(*given, *profile.problem());
  return std::vector{std::move(*profile)};
}

}  // namespace

Result<Exit> list_command(const Arguments& arguments, const Parts& parts) {
  const auto format = format_of(arguments);
  if (!format) return *format.problem();
  std::vector<Profile> profiles;
  if (arguments.has("profile") || *format != "text") {
    auto all = profiles_of(arguments, parts);
    if (!all) return *all.problem();
    profiles = std::move(*all);
  }
  Checks checks{parts.checks.begin(), parts.checks.end()};
  if (arguments.has("profile")) {
    checks = checks_of(profiles.front(), parts.checks);
    std::erase_if(checks, [&](const Check* check) { return !setting_of(profiles.front(), *check); });
  }
  std::ranges::sort(checks, {}, [](const Check* check) { return check->info.id; });
  if (*format == "json") return printed(catalogue_json(checks, profiles));
  if (*format == "markdown") return printed(catalogue_markdown(checks, profiles));
  return printed(list_text(checks, arguments.has("profile") ? &profiles.front() : nullptr));
}

Result<Exit> explain_command(const Arguments& arguments, const Parts& parts) {
  if (arguments.operands.empty())
    return usage_problem("explain needs the ID of a check; `plugvet list` shows them all.");
  auto profiles = profiles_of(arguments, parts);
  if (!profiles) return *profiles.problem();
  const Profile* own = arguments.has("profile") ? &profiles->front() : nullptr;
  Checks checks = checks_of(own ? *own : Profile{}, parts.checks);
  const Given given{arguments.operands.front(), "explain"};
  if (auto problem = why_no_check(given, checks)) return *problem;
  std::erase_if(checks, [&](const Check* check) { return !matches(given.value, check->info.id); });
  std::ranges::sort(checks, {}, [](const Check* check) { return check->info.id; });
  if (given.value.ends_with("/*")) return printed(list_text(checks, own));
  return printed(explanation(*checks.front(), *profiles));
}

}  // namespace plugvet::cli
