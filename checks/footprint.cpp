#include "checks/footprint.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string costliest(const FunctionList& functions) {
  std::vector<std::pair<std::size_t, std::string>> parts{{functions.head_cost.tokens, "the description for the model"}};
  for (const ModelFunction& function : functions.functions) parts.emplace_back(function.cost.tokens, function.name);
  const std::size_t shown = std::min<std::size_t>(3, parts.size());
  std::ranges::partial_sort(parts, parts.begin() + static_cast<std::ptrdiff_t>(shown), std::greater{});
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < shown; ++i) texts.push_back(fmt::format("{} ({})", parts[i].second, parts[i].first));
  return listed(texts);
}

}  // namespace

Measure footprint_measure(const ApiDescription& api, const FunctionList& functions, std::size_t limit) {
  return {api.at(""), "text for the model", static_cast<double>(functions.cost.tokens), static_cast<double>(limit),
          "tokens"};
}

Finding footprint_finding(const ApiDescription& api, const FunctionList& functions, std::size_t limit) {
  return {api.at("/paths"),
          fmt::format("What the model is shown of this plugin takes about {} tokens of every conversation; the most "
                      "costly "
                      "parts are {}.",
                      functions.cost.tokens, costliest(functions)),
          fmt::format("at most {} tokens", limit),
          fmt::format("about {} tokens ({} characters)", functions.cost.tokens, functions.cost.characters),
          {}};
}

}  // namespace plugvet::checks
