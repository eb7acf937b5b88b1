#pragma once
#include <nlohmann/json_fwd.hpp>

namespace plugvet {

/// Every JSON value of plugvet. It keeps the order of members: what a developer wrote first is shown first.
/// Include <nlohmann/json.hpp> only in .cpp files.
using Json = nlohmann::ordered_json;

}  // namespace plugvet
