#include "checks/paths.h"

#include <algorithm>

#include "harness/support/members.h"

namespace plugvet::checks {

const Json::object_t* paths_of(const ApiDescription& api) {
  const Json* paths = member_of(api.document.root(), "paths");
  return paths ? paths->get_ptr<const Json::object_t*>() : nullptr;
}

Judgement no_paths() {
  return Judgement::not_applicable("There are no paths (see api/structure).");
}

Location at_path(const ApiDescription& api, std::string_view path) {
  return api.at_name({0, join_pointer("/paths", path)});
}

std::vector<std::string_view> template_names(std::string_view path) {
  std::vector<std::string_view> names;
  while (true) {
    const std::size_t open = path.find('{');
    const std::size_t close = path.find('}', std::min(open, path.size()));
    if (close == std::string_view::npos) return names;
    names.push_back(path.substr(open + 1, close - open - 1));
    path.remove_prefix(close + 1);
  }
}

std::vector<std::string_view> path_segments(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  for (std::size_t slash; (slash = path.find('/')) != std::string_view::npos; path.remove_prefix(slash + 1))
    segments.push_back(path.substr(0, slash));
  segments.push_back(path);
  return segments;
}

}  // namespace plugvet::checks
