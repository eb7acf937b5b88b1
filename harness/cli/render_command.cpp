#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/cli/commands.h"
#include "harness/cli/console.h"
#include "harness/cli/outputs.h"
#include "harness/cli/values.h"
#include "harness/support/document.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

constexpr DocumentLimits review_limits{.bytes = 1u << 30, .depth = 256, .nodes = 100'000'000};

/// What every report builds on; the rest is the schema's to say.
bool is_review(const Json& document) {
  if (!document.is_object() || document.value("format", Json{}) != "plugvet-review/1") return false;
  const auto is = [&](const char* name, Json::value_t type) {
    const auto member = document.find(name);
    return member != document.end() && member->type() == type;
  };
  using Type = Json::value_t;
  if (!is("results", Type::array)) return false;
  const auto is_object = [](const Json& result) { return result.is_object(); };
  return is("tool", Type::object) && is("submission", Type::object) && is("counts", Type::object) &&
         is("profile", Type::string) && is("verdict", Type::string) &&
         std::ranges::all_of(document.at("results"), is_object);
}

/// Adds the reviews of one file to `documents`.
std::optional<Problem> add_reviews(const std::string& path, Json& documents) {
  const Given given{path, "render"};
  auto text = path == "-" ? read_in(review_limits.bytes) : read_file(path, review_limits.bytes);
  if (!text) return usage_problem(given, *text.problem());
  const auto document = parse_json(std::move(*text), path, review_limits);
  if (!document) return usage_problem(given, *document.problem());
  const Json& root = document->root();
  const Json all = root.is_array() ? root : Json::array({root});
  for (const Json& review : all) {
    if (!is_review(review))
      return usage_problem(
          fmt::format("{} is no review; write one with `plugvet review … --report json=PATH`.", printable(path)));
    documents.push_back(review);
  }
  return std::nullopt;
}

}  // namespace

Result<Exit> render_command(const Arguments& arguments, const Parts& parts) {
  if (arguments.operands.empty()) return usage_problem("render needs a REVIEW.json.");
  const bool quiet = arguments.is_on("quiet"), verbose = arguments.is_on("verbose");
  if (quiet && verbose) return usage_problem("--quiet and --verbose exclude each other.");
  When color = When::automatic;
  if (const Given* given = arguments.one("color")) {
    const auto when = when_of(*given);
    if (!when) return *when.problem();
    color = *when;
  }
  const auto outputs = outputs_of(arguments.all("report"), parts.reports);
  if (!outputs) return *outputs.problem();
  Json documents = Json::array();
  for (const std::string& path : arguments.operands)
    if (auto problem = add_reviews(path, documents)) return *problem;
  if (documents.empty()) return usage_problem("there is no review in what was given.");
  try {
    return write_outputs(documents, *outputs, {false, quiet, verbose}, wants_color(color), !quiet);
  } catch (const Json::exception& error) {
    // The document did not come from us in this form.
    return usage_problem(fmt::format("the review is damaged: {}", printable(error.what())));
  }
}

}  // namespace plugvet::cli
