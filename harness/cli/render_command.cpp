#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/cli/commands.h"
#include "harness/cli/console.h"
#include "harness/cli/inputs.h"
#include "harness/cli/outputs.h"
#include "harness/cli/values.h"
#include "harness/model/review_shape.h"
#include "harness/support/document.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

constexpr DocumentLimits review_limits{.bytes = 1u << 30, .depth = 256, .nodes = 100'000'000};

/// Adds the reviews of one file to `documents`.
std::optional<Problem> add_reviews(const std::string& path, Json& documents) {
  const Given given{path, "render"};
  auto text = path == "-" ? read_in(review_limits.bytes) : read_file(path, review_limits.bytes);
  if (!text) return usage_problem(given, *text.problem());
  const auto document = parse_json(std::move(*text), path, review_limits);
  if (!document) return usage_problem(given, *document.problem());
  const Json& root = document->root();
  const std::size_t count = root.is_array() ? root.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Json& review = root.is_array() ? root[i] : root;
    if (const auto mistake = mistake_in_review(review)) {
      const Position place =
          document->position((root.is_array() ? join_pointer("", i) : std::string{}) + mistake->pointer);
      return usage_problem(
          fmt::format("{}:{}:{}: this is no review: {}; write one with `plugvet review … --report json=PATH`.",
                      printable(path), place.line, place.column, mistake->what));
    }
    documents.push_back(review);
  }
  return std::nullopt;
}

std::vector<Input> inputs_of(const Arguments& arguments) {
  std::vector<Input> inputs;
  for (const std::string& path : arguments.operands)
    if (path != "-") inputs.push_back({path, "the review that is rendered"});
  return inputs;
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
  for (const Output& output : *outputs)
    if (!output.is_standard_output())
      if (auto problem = why_input_is_lost(output.path, output.where, inputs_of(arguments))) return *problem;
  if (documents.empty()) return usage_problem("there is no review in what was given.");
  try {
    return write_outputs(documents, *outputs, {false, quiet, verbose}, wants_color(color), !quiet);
  } catch (const Json::exception& error) {
    // The document did not come from us in this form.
    return usage_problem(fmt::format("the review is damaged: {}", printable(error.what())));
  }
}

}  // namespace plugvet::cli
