#include "harness/cli/baselines.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/cli/values.h"
#include "harness/model/review_shape.h"
#include "harness/support/file.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

constexpr DocumentLimits baseline_limits{.bytes = 256u << 20, .depth = 256, .nodes = 50'000'000};

Problem no_baseline(const Given& given, const Document& document, const std::string& pointer, std::string_view what) {
  const Position place = document.position(pointer);
  return usage_problem(fmt::format("{}: {}:{}:{}: {}; write one with `plugvet review … --report json=PATH`.", given.where,
                                   printable(given.value), place.line, place.column, what));
}

/// Why a value is no snapshot that this version writes; empty: it may be one.
std::string mistake_in_snapshot(const Json& snapshot) {
  if (!snapshot.is_object()) return "snapshot is no object";
  for (const auto& [name, value] : snapshot.items())
    if ((name != "manifest" && name != "api") || !value.is_object())
      return fmt::format("snapshot has {}, which this version of plugvet does not know", in_quotes(name));
  const Json* api = member_of(snapshot, "api");
  const Json* operations = api ? member_of(*api, "operations") : nullptr;
  return api && (!operations || !operations->is_object()) ? "snapshot.api has no operations" : "";
}

}  // namespace

Result<std::vector<EarlierReview>> read_baselines(const Given& given) {
  auto text = read_file(given.value, baseline_limits.bytes);
  if (!text) return usage_problem(given, *text.problem());
  const auto document = parse_json(std::move(*text), given.value, baseline_limits);
  if (!document) return usage_problem(given, *document.problem());
  const Json& root = document->root();
  std::vector<EarlierReview> reviews;
  const std::size_t count = root.is_array() ? root.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Json& review = root.is_array() ? root[i] : root;
    const std::string at = root.is_array() ? join_pointer("", i) : std::string{};
    if (const auto mistake = mistake_in_review(review))
      return no_baseline(given, *document, at + mistake->pointer, "this is no review: " + mistake->what);
    const Json* snapshot = member_of(review, "snapshot");
    if (!snapshot)
      return no_baseline(given, *document, at, "this review has no snapshot to compare with: it is of an older version of plugvet");
    if (const std::string mistake = mistake_in_snapshot(*snapshot); !mistake.empty())
      return no_baseline(given, *document, at + "/snapshot", mistake);
    reviews.push_back({*text_of(*member_of(review, "submission"), "source"),
                       std::make_shared<const Baseline>(Baseline{given.value, *text_of(review, "started_at"),
                                                                 std::make_shared<const Json>(*snapshot)})});
  }
  if (reviews.empty()) return no_baseline(given, *document, "", "there is no review in it");
  return reviews;
}

Result<std::shared_ptr<const Baseline>> baseline_for(const Submission& submission, const std::vector<EarlierReview>& reviews,
                                                     std::size_t submissions, const Given& given) {
  const auto found = std::ranges::find(reviews, submission.source, &EarlierReview::source);
  if (found != reviews.end()) return found->baseline;
  std::set<std::string> sources;
  for (const EarlierReview& review : reviews) sources.insert(review.source);
  // The approved plugin may have been reviewed at another address.
  if (submissions == 1 && sources.size() == 1) return reviews.front().baseline;
  return usage_problem(fmt::format("{}: {} has no review of {}; it has {}.", given.where, printable(given.value),
                                   printable(submission.source),
                                   printable(shortened(listed(std::vector<std::string>{sources.begin(), sources.end()}), 200))));
}

}  // namespace plugvet::cli
