#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/paths.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement trailing_slash(const ApiDescription& api) {
  const Json::object_t* paths = paths_of(api);
  if (!paths) return no_paths();
  Judgement judgement;
  for (const auto& [path, item] : *paths) {
    if (path.size() < 2 || !path.starts_with('/') || !path.ends_with('/') || path.ends_with("//")) continue;
    judgement.findings.push_back({at_path(api, path),
                                  "The path " + in_quotes(path, 100) + " ends with a slash.",
                                  "a path without slash at its end",
                                  in_quotes(path, 100),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_trailing_slash = define_check<of_openapi_3<trailing_slash>>({
    .id = "api/trailing-slash",
    .title = "No path ends with a slash",
    .requirement = "A path other than / does not end with a slash.",
    .rationale =
        "Many servers answer one of the two spellings with a redirect, and a redirected POST loses its body. 19 of 373 "
        "approved plugins have such a path, and their servers know it.",
    .remedy = "Serve and describe the path without the slash; otherwise make sure that it answers without redirect.",
    .source = "Spectral, path-keys-no-trailing-slash; Redocly, no-path-trailing-slash",
    .passing = "/todos",
    .failing = "/todos/",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
