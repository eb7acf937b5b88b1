#include "harness/engine/profiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "harness/engine/custom_checks.h"
#include "harness/engine/limits.h"
#include "harness/support/fields.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

constexpr std::size_t largest_profile = 1u << 20;
constexpr unsigned deepest_extension = 8;

std::string_view stem(std::string_view path) {
  return path.substr(0, path.rfind('.'));
}

Problem user_problem(std::string what, std::string_view where, Position position = {}) {
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "user.profile";
  problem.what = std::move(what);
  problem.where = where;
  problem.position = position;
  problem.blame = Blame::user;
  return problem;
}

Problem located_problem(std::string_view what, std::string_view where, Position position) {
  return user_problem(fmt::format("{}:{}:{}: {}", printable(where), position.line, position.column, what), where,
                      position);
}

const Check* check_with_id(std::span<const Check* const> checks, std::string_view id) {
  const auto found = std::ranges::find(checks, id, [](const Check* check) { return check->info.id; });
  return found == checks.end() ? nullptr : *found;
}

std::optional<ManifestKind> manifest_kind_named(std::string_view name) {
  if (name == "ai_plugin") return ManifestKind::ai_plugin;
  if (name == "m365") return ManifestKind::m365;
  if (name == "none") return ManifestKind::none;
  return std::nullopt;
}

const Check* custom_check(const Profile& profile, std::string_view id) {
  const auto found = std::ranges::find(profile.custom_checks, id, [](const auto& check) { return check->info.id; });
  return found == profile.custom_checks.end() ? nullptr : found->get();
}

/// The setting that a check has where the profile itself has not got it yet; empty: none.
using Fallback = std::function<std::optional<CheckSetting>(std::string_view id)>;

/// One entry under `checks:`.
class SettingReader {
 public:
  SettingReader(const Document& document, const std::string& where, std::span<const Check* const> checks,
                Fallback fallback)
      : document_{document}, where_{where}, checks_{checks}, fallback_{std::move(fallback)} {}

  std::optional<Problem> read(const std::string& id, const Json& value, Profile& profile) const {
    const std::string pointer = join_pointer("/checks", id);
    const Check* check = check_with_id(checks_, id);
    if (!check) return unknown(id, pointer);
    if (value.is_string() && value.get<std::string>() == "off") {
      profile.checks.erase(id);
      return std::nullopt;
    }
    const auto inherited = profile.checks.find(id);
    const auto base = inherited == profile.checks.end() ? fallback_(id) : std::optional{inherited->second};
    CheckSetting setting = base.value_or(CheckSetting{check->info.severity, Parameters{}});
    if (!value.is_null())
      if (auto problem = merge(pointer, value, setting, base.has_value())) return problem;
    profile.checks.insert_or_assign(id, std::move(setting));
    return std::nullopt;
  }

 private:
  Problem at(Position position, std::string_view what) const {
    return located_problem(what, where_, position);
  }

  Problem unknown(const std::string& id, const std::string& pointer) const {
    std::vector<std::string_view> ids;
    for (const Check* check : checks_) ids.push_back(check->info.id);
    const std::string near = nearest(id, ids);
    return at(document_.key_position(pointer),
              near.empty() ? fmt::format("there is no check {}; `plugvet list` shows them all.", printable(id))
                           : fmt::format("there is no check {}; did you mean {}?", printable(id), near));
  }

  std::optional<Problem> merge(const std::string& pointer, const Json& value, CheckSetting& setting,
                               bool limits_are_known) const {
    if (!value.is_object())
      return at(document_.position(pointer), "expected `off`, nothing, or a mapping (severity and limits) here.");
    Json parameters = setting.parameters.json();
    for (const auto& [name, wanted] : value.items()) {
      if (name == "severity") {
        const auto severity = wanted.is_string() ? severity_named(wanted.get<std::string>()) : std::nullopt;
        if (!severity)
          return at(document_.position(join_pointer(pointer, name)), "severity is one of note, warning, error.");
        setting.severity = *severity;
        continue;
      }
      if (limits_are_known)
        if (auto problem = judge_limit(pointer, name, wanted, parameters)) return problem;
      parameters[name] = wanted;
    }
    if (const auto mistake = contradiction_in_limits(parameters))
      return at(document_.position(pointer + mistake->pointer), mistake->what);
    setting.parameters = Parameters{parameters};
    return std::nullopt;
  }

  // A profile changes limits that another one introduced; it cannot invent limits that no check reads.
  std::optional<Problem> judge_limit(const std::string& pointer, const std::string& name, const Json& wanted,
                                     const Json& known) const {
    if (!known.contains(name)) {
      std::vector<std::string> names{"severity"};
      for (const auto& [member, value] : known.items()) names.push_back(member);
      const std::string near = nearest(name, std::vector<std::string_view>{names.begin(), names.end()});
      return at(document_.key_position(join_pointer(pointer, name)),
                near.empty() ? fmt::format("this check has no limit {}; it has {}.", printable(name), listed(names))
                             : fmt::format("this check has no limit {}; did you mean {}?", printable(name), near));
    }
    const auto mistake = mistake_in_limit(name, known[name], wanted);
    if (!mistake) return std::nullopt;
    const std::string place = pointer + mistake->pointer;
    // A value that was left out stands nowhere.
    return at(wanted.is_null() ? document_.key_position(place) : document_.position(place), mistake->what);
  }

  const Document& document_;
  const std::string& where_;
  std::span<const Check* const> checks_;
  Fallback fallback_;
};

}  // namespace

std::vector<const Check*> checks_of(const Profile& profile, std::span<const Check* const> built_in) {
  std::vector<const Check*> checks{built_in.begin(), built_in.end()};
  for (const auto& check : profile.custom_checks) checks.push_back(check.get());
  return checks;
}

ProfileLibrary::ProfileLibrary(std::span<const EmbeddedFile> shipped, std::span<const Check* const> checks)
    : shipped_{shipped}, checks_{checks} {}

std::vector<std::string_view> ProfileLibrary::names() const {
  std::vector<std::string_view> names;
  for (const EmbeddedFile& file : shipped_) names.push_back(stem(file.path));
  std::ranges::sort(names);
  return names;
}

Result<Profile> ProfileLibrary::load(std::string_view name_or_path) const {
  return load(name_or_path, Chain{});
}

Result<Profile> ProfileLibrary::load(std::string_view name_or_path, const Chain& extending) const {
  for (const EmbeddedFile& file : shipped_)
    if (stem(file.path) == name_or_path)
      return read(std::string{file.content}, "checks/profiles/" + std::string{file.path}, true, extending);
  const bool looks_like_path =
      name_or_path.ends_with(".yaml") || name_or_path.ends_with(".yml") || name_or_path.find('/') != std::string::npos;
  if (!looks_like_path) {
    const std::string near = nearest(name_or_path, names());
    std::vector<std::string> all;
    for (const std::string_view name : names()) all.emplace_back(name);
    return user_problem(near.empty()
                            ? fmt::format("There is no profile {}; there are {}, or give the path of a YAML file.",
                                          printable(name_or_path), listed(all))
                            : fmt::format("There is no profile {}; did you mean {}?", printable(name_or_path), near),
                        name_or_path);
  }
  auto text = read_file(std::string{name_or_path}, largest_profile);
  if (!text) {
    Problem problem = *text.problem();
    problem.blame = Blame::user;
    return problem;
  }
  auto profile = read(std::move(*text), std::string{name_or_path}, false, extending);
  if (profile) profile->files.emplace_back(name_or_path);
  return profile;
}

std::optional<CheckSetting> ProfileLibrary::shipped_setting(std::string_view id) const {
  for (const EmbeddedFile& file : shipped_) {
    const auto profile = load(stem(file.path));
    if (!profile) continue;
    if (const auto found = profile->checks.find(id); found != profile->checks.end()) return found->second;
  }
  // No profile gives it limits, so it has none.
  const Check* check = check_with_id(checks_, id);
  return check ? std::optional{CheckSetting{check->info.severity, Parameters{}}} : std::nullopt;
}

/// They run, with their own severity, unless `checks` says otherwise.
std::optional<Problem> ProfileLibrary::add_custom_checks(const Document& document, const std::string& where,
                                                         Profile& profile) const {
  auto added = read_custom_checks(document, where, profile.manifest, checks_of(profile, checks_));
  if (!added) return *added.problem();
  for (CustomCheck& custom : *added) {
    const CheckInfo& info = custom.check->info;
    profile.checks.insert_or_assign(std::string{info.id}, CheckSetting{info.severity, Parameters{}});
    profile.runs_programs = profile.runs_programs || !custom.program.empty();
    if (!custom.program.empty()) profile.files.push_back(std::move(custom.program));
    profile.custom_checks.push_back(std::move(custom.check));
  }
  return std::nullopt;
}

/// The profile that another one begins with. A problem of that one's own says where it is, what is wrong with its name
/// is at `extends`.
Result<Profile> ProfileLibrary::extended(const Document& document, const std::string& where, const std::string& base,
                                         Chain extending) const {
  extending.push_back(where);
  const Position position = document.position("/extends");
  if (std::ranges::find(extending, base) != extending.end())
    return located_problem(fmt::format("extends: the profiles extend one another in a circle, back to {}.",
                                       printable(base)), where, position);
  if (extending.size() > deepest_extension)
    return located_problem(fmt::format("extends: more than {} profiles extend one another.", deepest_extension), where,
                           position);
  auto profile = load(base, extending);
  if (profile || profile.problem()->position) return profile;
  const Problem& problem = *profile.problem();
  const std::string of = problem.what.find(printable(base)) == std::string::npos ? printable(base) + ": " : "";
  return located_problem(fmt::format("extends: {}{}", of, problem.what), where, position);
}

Result<Profile> ProfileLibrary::read(std::string text, const std::string& where, bool shipped,
                                     const Chain& extending) const {
  auto document = shipped ? parse_json(std::move(text), where) : parse_yaml(std::move(text), where);
  if (!document) {
    Problem problem = *document.problem();
    problem.blame = Blame::user;
    return problem;
  }
  Fields fields{*document, where};
  Profile profile;
  if (const auto base = fields.text("extends")) {
    auto inherited = extended(*document, where, *base, extending);
    if (!inherited) return *inherited.problem();
    profile = std::move(*inherited);
  }
  profile.name = fields.required_text("name");
  if (!shipped && std::ranges::count(names(), profile.name) > 0)
    fields.complain("name", "is that of a shipped profile; reports could not tell them apart.");
  if (const auto title = fields.text("title")) profile.title = *title;
  if (const auto about = fields.text("about")) profile.about = *about;
  if (const auto manifest = fields.text("manifest")) {
    if (const auto kind = manifest_kind_named(*manifest))
      profile.manifest = *kind;
    else
      fields.complain("manifest", "is one of ai_plugin, m365, none.");
  }
  const Json* checks = fields.value("checks");
  if (checks && !checks->is_object() && !checks->is_null()) fields.complain("checks", "is not a mapping of check ids.");
  fields.list("custom_checks");
  if (auto problem = fields.finish()) return *problem;
  if (auto problem = add_custom_checks(*document, where, profile)) return *problem;
  if (checks && checks->is_object()) {
    // A user's profile may name a check that it does not inherit: it then has the limits of a shipped profile.
    const auto fallback = [&](std::string_view id) -> std::optional<CheckSetting> {
      if (const Check* custom = custom_check(profile, id)) return CheckSetting{custom->info.severity, Parameters{}};
      return shipped ? std::nullopt : shipped_setting(id);
    };
    const std::vector<const Check*> known = checks_of(profile, checks_);
    const SettingReader reader{*document, where, known, fallback};
    for (const auto& [id, value] : checks->items())
      if (auto problem = reader.read(id, value, profile)) return *problem;
  }
  return profile;
}

}  // namespace plugvet
