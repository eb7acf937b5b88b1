#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/paths.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// A hostile document has a hundred thousand paths of which none resembles another; a real one needs a few thousand.
constexpr std::size_t most_path_comparisons = 2'000'000;

struct TemplatedPath {
  std::string_view text;
  std::vector<std::string_view> segments;
};

bool is_templated(std::string_view segment) {
  return segment.find('{') != std::string_view::npos;
}

enum class Resemblance : unsigned char { none, ambiguous, identical };

/// Two paths of the same number of segments. /a/{x} and /a/b are no trouble: the literal one wins.
Resemblance resemblance_of(const TemplatedPath& a, const TemplatedPath& b) {
  bool a_is_narrower = false, b_is_narrower = false;
  for (std::size_t i = 0; i < a.segments.size(); ++i) {
    const bool a_varies = is_templated(a.segments[i]), b_varies = is_templated(b.segments[i]);
    if (!a_varies && !b_varies && a.segments[i] != b.segments[i]) return Resemblance::none;
    // {a}.json and {b}.xml: whether both match one request is not for us to find out.
    const auto is_whole = [](std::string_view s) { return s.starts_with('{') && s.find('}') + 1 == s.size(); };
    if ((a_varies && !is_whole(a.segments[i])) || (b_varies && !is_whole(b.segments[i]))) return Resemblance::none;
    a_is_narrower |= b_varies && !a_varies;
    b_is_narrower |= a_varies && !b_varies;
  }
  if (a_is_narrower && b_is_narrower) return Resemblance::ambiguous;
  return a_is_narrower || b_is_narrower ? Resemblance::none : Resemblance::identical;
}

/// Finds, for each path, an earlier one that it cannot be told from.
class PathComparison {
 public:
  struct Found {
    const TemplatedPath* other = nullptr;
    Resemblance how = Resemblance::none;
  };

  Found earlier_like(const TemplatedPath& path) {
    const std::string count = std::to_string(path.segments.size()) + '/';
    const bool is_open = is_templated(path.segments.front());
    // Paths that begin with different words have nothing in common: most are never compared.
    const std::string own = count + std::string(is_open ? "{" : path.segments.front());
    Found found = search(own, path);
    if (is_open)
      for (auto next = buckets_.lower_bound(count); !found.other && next != buckets_.end(); ++next) {
        if (!next->first.starts_with(count)) break;
        found = search(next->first, path);
      }
    else if (!found.other)
      found = search(count + '{', path);
    buckets_[own].push_back(&path);
    return found;
  }

 private:
  Found search(const std::string& bucket, const TemplatedPath& path) {
    const auto paths = buckets_.find(bucket);
    if (paths == buckets_.end()) return {};
    for (const TemplatedPath* other : paths->second) {
      if (++comparisons_ > most_path_comparisons) return {};
      const Resemblance how = resemblance_of(*other, path);
      if (how != Resemblance::none) return {other, how};
    }
    return {};
  }

  std::map<std::string, std::vector<const TemplatedPath*>> buckets_;
  std::size_t comparisons_ = 0;
};

Judgement path_ambiguity(const ApiDescription& api) {
  const Json::object_t* paths = paths_of(api);
  if (!paths) return no_paths();
  std::vector<TemplatedPath> templates;
  for (const auto& [path, item] : *paths)
    if (path.starts_with('/')) templates.push_back({path, path_segments(path)});
  PathComparison comparison;
  Judgement judgement;
  for (const TemplatedPath& path : templates) {
    const PathComparison::Found found = comparison.earlier_like(path);
    if (!found.other) continue;
    const bool is_identical = found.how == Resemblance::identical;
    judgement.findings.push_back(
        {at_path(api, path.text),
         "The path " + in_quotes(path.text, 100) +
             (is_identical ? " differs in names of parameters only from " : " fits requests that also fit ") +
             in_quotes(found.other->text, 100) + ".",
         "a path that no request of another path fits",
         is_identical ? "the same path twice" : "two paths for one request",
         {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_path_ambiguity = define_check<of_openapi_3<path_ambiguity>>({
    .id = "api/path-ambiguity",
    .title = "No request fits two paths",
    .requirement =
        "No two paths are equal but for the names of their parameters, and none are such that one request fits both "
        "while neither is the more literal one.",
    .rationale = "OpenAPI calls the first invalid, and leaves the second to each reader: the operation that is called "
                 "is not the one that was described.",
    .remedy = "Join the operations under one path, or make a literal segment of what tells the two apart.",
    .source = "OpenAPI 3, Paths Object; Redocly, no-identical-paths, no-ambiguous-paths",
    .passing = "/todos/{id} and /todos/done",
    .failing = "/todos/{id} and /todos/{name}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
