#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/check.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {

/// The members of `paths`; null when there are none, or it is no object, which is api/structure's.
const Json::object_t* paths_of(const ApiDescription& api);
Judgement no_paths();

/// Where the name of a path stands.
Location at_path(const ApiDescription& api, std::string_view path);

/// The names between braces in a path: "id" of "/todos/{id}", in their order.
std::vector<std::string_view> template_names(std::string_view path);

/// What stands between the slashes of a path: "todos" and "{id}" of "/todos/{id}". A slash at the end makes an empty
/// one.
std::vector<std::string_view> path_segments(std::string_view path);

}  // namespace plugvet::checks
