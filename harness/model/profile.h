#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/model/check.h"

namespace plugvet {

/// How a profile wants one check.
struct CheckSetting {
  Severity severity = Severity::error;
  Parameters parameters;
};

/// What kind of manifest a platform reads; it decides which collectors make sense.
enum class ManifestKind : unsigned char { ai_plugin, m365, none };

/// Which checks, which limits, how severe.
struct Profile {
  std::string name;
  std::string title;
  std::string about;  ///< what a reviewer should know of the platform; reports print it
  ManifestKind manifest = ManifestKind::ai_plugin;
  std::map<std::string, CheckSetting, std::less<>> checks;  ///< by id; a check that is not here does not run
  std::vector<std::shared_ptr<const Check>> custom_checks;  ///< that the profile brings along, inherited ones too
  bool runs_programs = false;                               ///< one of them is a program
  std::vector<std::string> files;  ///< of a user: those that it was read from and its programs, what it extends first
};

}  // namespace plugvet
