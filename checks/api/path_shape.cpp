#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/paths.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool has_crossed_braces(std::string_view path) {
  bool is_open = false;
  for (const char c : path) {
    if (c != '{' && c != '}') continue;
    if ((c == '{') == is_open) return true;
    is_open = c == '{';
  }
  return is_open;
}

bool has_repeated_name(std::string_view path) {
  auto names = template_names(path);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

/// What is wrong with a path: the end of a sentence; empty when nothing is. No slash at the beginning is
/// api/structure's.
std::string_view path_defect(std::string_view path) {
  if (path.find('?') != std::string_view::npos) return "has a query; what follows the question mark are parameters";
  if (path.find('#') != std::string_view::npos) return "has a fragment, which is never sent";
  if (has_crossed_braces(path)) return "has braces that do not match";
  if (path.find("{}") != std::string_view::npos) return "has a parameter without name";
  if (has_repeated_name(path)) return "has the same parameter twice";
  if (path.find("//") != std::string_view::npos) return "has two slashes in a row";
  const bool has_blank = std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
  return has_blank ? "has white space" : "";
}

Judgement path_shape(const ApiDescription& api) {
  const Json::object_t* paths = paths_of(api);
  if (!paths) return no_paths();
  Judgement judgement;
  for (const auto& [path, item] : *paths) {
    if (!path.starts_with('/')) continue;
    const std::string_view defect = path_defect(path);
    if (defect.empty()) continue;
    judgement.findings.push_back({at_path(api, path),
                                  "The path " + in_quotes(path, 100) + " " + std::string(defect) + ".",
                                  "a path of segments and parameters",
                                  in_quotes(path, 100),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_path_shape = define_check<of_openapi_3<path_shape>>({
    .id = "api/path-shape",
    .title = "Paths are well formed",
    .requirement =
        "A path has no query, fragment, white space, empty segment, parameter without name or with the name of "
        "another, and its braces match.",
    .rationale =
        "A path is joined to the server's address as it is, and parameters are put in: what is no path makes requests "
        "that the API does not know.",
    .remedy = "Describe the query as parameters with in: query, and write the path as the API serves it.",
    .source = "OpenAPI 3, Paths Object; Spectral, path-not-include-query, path-declarations-must-exist",
    .passing = "/todos/{id}",
    .failing = "/todos?id={id}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
