#pragma once
#include <string>
#include <utility>
#include <vector>

#include "harness/cli/cli.h"
#include "harness/model/profile.h"
#include "harness/support/result.h"

namespace plugvet::cli {

/// The shipped profiles in the order in which people meet them: the default first.
Result<std::vector<Profile>> shipped_profiles_of(const Parts& parts);

/// A check as one profile takes it; null: the profile does not run it.
const CheckSetting* setting_of(const Profile& profile, const Check& check);

/// "max: 20, unit: characters"; empty when there is no limit.
std::string limits_text(const Parameters& parameters);

/// "manifest" of "manifest/name-length"
std::string_view group_of(const Check& check);

/// All checks as JSON, for machines.
std::string catalogue_json(const std::vector<const Check*>& checks, const std::vector<Profile>& profiles);
/// All checks as Markdown (docs/checks.md).
std::string catalogue_markdown(const std::vector<const Check*>& checks, const std::vector<Profile>& profiles);

}  // namespace plugvet::cli
