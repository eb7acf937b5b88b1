#include "harness/cli/explanation.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/catalogue.h"
#include "harness/cli/layout.h"

namespace plugvet::cli {
namespace {

constexpr std::size_t column = 14;

std::string paragraph(std::string_view name, std::string_view text) {
  return fmt::format("\n{:<{}}{}\n", name, column, wrapped(text, column));
}

/// Keeps its lines, behind the column.
std::string example(std::string_view name, std::string_view code) {
  if (code.empty()) return {};
  std::string text = fmt::format("\n{:<{}}", name, column);
  for (const char c : code) {
    text += c;
    if (c == '\n') text += std::string(column, ' ');
  }
  return text + '\n';
}

std::string profile_rows(const Check& check, const std::vector<Profile>& profiles) {
  std::size_t longest = 0;
  for (const Profile& shipped : profiles) longest = std::max(longest, shipped.name.size());
  const std::size_t limits_column = column + longest + 12;
  std::string rows;
  for (const Profile& shipped : profiles) {
    const CheckSetting* setting = setting_of(shipped, check);
    std::string row = fmt::format("{:<{}}  ", shipped.name, longest);
    if (!setting)
      row += "not run";
    else
      row +=
          fmt::format("{:<10}{}", name_of(setting->severity), wrapped(limits_text(setting->parameters), limits_column));
    row.resize(row.find_last_not_of(' ') + 1);
    rows += fmt::format("{}{}\n", rows.empty() ? "" : std::string(column, ' '), row);
  }
  return rows.empty() ? "" : fmt::format("\n{:<{}}{}", "Profiles", column, rows);
}

}  // namespace

std::string explanation(const Check& check, const std::vector<Profile>& profiles) {
  const CheckInfo& info = check.info;
  std::string text = fmt::format("{}\n{}.\n", info.id, wrapped(info.title, 0));
  if (info.for_reviewer)
    text +=
        "\n" +
        wrapped("Only a person can judge this: findings are shown to the reviewer and never decide the verdict.", 0) +
        "\n";
  text += paragraph("Requirement", info.requirement);
  text += paragraph("Why", info.rationale);
  text += paragraph("How to pass", info.remedy);
  text += paragraph("Source", info.source);
  text += profile_rows(check, profiles);
  text += example("Passes", info.passing);
  text += example("Fails", info.failing);
  return info.since.empty() ? text : text + paragraph("Since", info.since);
}

}  // namespace plugvet::cli
