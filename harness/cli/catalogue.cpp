#include "harness/cli/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/cli/arguments.h"
#include "harness/engine/profiles.h"

namespace plugvet::cli {
namespace {

constexpr std::string_view default_profile = "openai-plugin-v1";

std::string setting_text(const CheckSetting& setting) {
  const std::string limits = limits_text(setting.parameters);
  return limits.empty() ? std::string{name_of(setting.severity)}
                        : fmt::format("{} ({})", name_of(setting.severity), limits);
}

/// A list as people write it: "JPEG, GIF, BMP".
std::string limit_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const Json& item : value) text += (text.empty() ? "" : ", ") + limit_text(item);
  return text.empty() ? "none" : text;
}

Json check_json(const Check& check, const std::vector<Profile>& profiles) {
  const CheckInfo& info = check.info;
  Json settings = Json::object();
  for (const Profile& profile : profiles)
    if (const CheckSetting* setting = setting_of(profile, check))
      settings[profile.name] = {{"severity", name_of(setting->severity)}, {"limits", setting->parameters.json()}};
  return {{"id", info.id},
          {"title", info.title},
          {"severity", name_of(info.severity)},
          {"for_reviewer", info.for_reviewer},
          {"requirement", info.requirement},
          {"rationale", info.rationale},
          {"remedy", info.remedy},
          {"source", info.source},
          {"since", info.since},
          {"passing", info.passing},
          {"failing", info.failing},
          {"profiles", std::move(settings)}};
}

/// Code that may hold anything, also backticks.
std::string fenced(std::string_view code) {
  std::size_t longest = 2, run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{0}\n{1}\n{0}\n", fence, code);
}

/// Text of ours in Markdown: nothing in it is meant as markup.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view{"\\`*_{}[]<>|#"}.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// One row for all profiles that take the check alike.
std::string setting_rows(const Check& check, const std::vector<Profile>& profiles) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Profile& profile : profiles) {
    const CheckSetting* setting = setting_of(profile, check);
    if (!setting) continue;
    const std::string text = setting_text(*setting);
    const auto same = std::ranges::find(rows, text, [](const auto& row) { return row.second; });
    if (same == rows.end())
      rows.emplace_back(profile.name, text);
    else
      same->first += ", " + profile.name;
  }
  std::string text = "| profile | severity and limits |\n| --- | --- |\n";
  for (const auto& [names, setting] : rows) text += fmt::format("| {} | {} |\n", names, escaped(setting));
  return rows.empty() ? "No shipped profile runs it.\n" : text;
}

std::string check_markdown(const Check& check, const std::vector<Profile>& profiles) {
  const CheckInfo& info = check.info;
  std::string text = fmt::format("### {}\n\n**{}.**", info.id, escaped(info.title));
  if (info.for_reviewer) text += " For the reviewer: it never decides the verdict.";
  text += "\n\n" + setting_rows(check, profiles);
  text += fmt::format("\n- **Requirement.** {}\n- **Why.** {}\n- **How to pass.** {}\n- **Source.** {}\n",
                      escaped(info.requirement), escaped(info.rationale), escaped(info.remedy), escaped(info.source));
  if (!info.since.empty()) text += fmt::format("- **Since.** {}\n", info.since);
  if (!info.passing.empty()) text += "\nPasses:\n\n" + fenced(info.passing);
  if (!info.failing.empty()) text += "\nFails:\n\n" + fenced(info.failing);
  return text;
}

}  // namespace

Result<std::vector<Profile>> shipped_profiles_of(const Parts& parts) {
  const ProfileLibrary library{parts.profiles, parts.checks};
  std::vector<Profile> profiles;
  for (const std::string_view name : library.names()) {
    auto profile = library.load(name);
    if (!profile) return usage_problem(profile.problem()->what);
    profiles.push_back(std::move(*profile));
  }
  std::ranges::stable_partition(profiles, [](const Profile& profile) { return profile.name == default_profile; });
  return profiles;
}

const CheckSetting* setting_of(const Profile& profile, const Check& check) {
  const auto found = profile.checks.find(check.info.id);
  return found == profile.checks.end() ? nullptr : &found->second;
}

std::string limits_text(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters.json().items())
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", name, limit_text(value));
  return text;
}

std::string_view group_of(const Check& check) {
  return check.info.id.substr(0, check.info.id.find('/'));
}

std::string catalogue_json(const std::vector<const Check*>& checks, const std::vector<Profile>& profiles) {
  Json all = Json::array();
  for (const Check* check : checks) all.push_back(check_json(*check, profiles));
  return all.dump(2) + "\n";
}

std::string catalogue_markdown(const std::vector<const Check*>& checks, const std::vector<Profile>& profiles) {
  std::string text = fmt::format(
      "# The checks\n\n"
      "<!-- Generated by ci/docs from the checks themselves. -->\n\n"
      "{} checks. `plugvet explain ID` shows one of them; [write-a-profile](write-a-profile.md) says how to change "
      "severities and limits.\n",
      checks.size());
  std::string_view group;
  for (const Check* check : checks) {
    if (group_of(*check) != group) {
      group = group_of(*check);
      text += fmt::format("\n## {}\n", group);
    }
    text += "\n" + check_markdown(*check, profiles);
  }
  return text;
}

}  // namespace plugvet::cli
