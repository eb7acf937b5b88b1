#pragma once
#include <optional>
#include <string_view>

#include "checks/steering_text.h"

namespace plugvet::checks {

/// A private key, a key or token of a known service, or a signed token; not one that is obviously made up.
std::optional<Steering> find_key(std::string_view text);

}  // namespace plugvet::checks
