#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/profile.h"
#include "harness/support/document.h"
#include "harness/support/embedded.h"

namespace plugvet {

/// The built-in checks and those that a profile brings along.
std::vector<const Check*> checks_of(const Profile& profile, std::span<const Check* const> built_in);

/// Reads profiles: the shipped ones by name, a user's by path. A profile may extend another.
class ProfileLibrary {
 public:
  ProfileLibrary(std::span<const EmbeddedFile> shipped, std::span<const Check* const> checks);

  /// In the order of their names.
  std::vector<std::string_view> names() const;
  /// A shipped profile's name, or the path of a YAML file. Problems (Blame::user): no such profile (nearest offered),
  /// an unknown check id, severity or limit (nearest offered), a limit that no check could judge with, the name of a
  /// shipped profile, a mistake in a custom check; with line and column.
  Result<Profile> load(std::string_view name_or_path) const;

 private:
  using Chain = std::vector<std::string>;  ///< the files that extend what is read, the first one first
  Result<Profile> load(std::string_view name_or_path, const Chain& extending) const;
  Result<Profile> read(std::string text, const std::string& where, bool shipped, const Chain& extending) const;
  Result<Profile> extended(const Document& document, const std::string& where, const std::string& base,
                           Chain extending) const;
  std::optional<Problem> add_custom_checks(const Document& document, const std::string& where, Profile& profile) const;
  std::optional<CheckSetting> shipped_setting(std::string_view id) const;

  std::span<const EmbeddedFile> shipped_;
  std::span<const Check* const> checks_;
};

}  // namespace plugvet
