#pragma once
#include <string>
#include <vector>

#include "harness/model/profile.h"

namespace plugvet::cli {

/// All that is known of one check, for a terminal.
std::string explanation(const Check& check, const std::vector<Profile>& profiles);

}  // namespace plugvet::cli
