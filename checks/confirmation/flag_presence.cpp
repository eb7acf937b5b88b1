#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/effect.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

/// One that is written wrongly is confirmation/flag-form's finding.
bool has_flag(const openapi::Operation& operation) {
  return operation.node && std::ranges::any_of(operation.node.value->get_ref<const Json::object_t&>(),
                                               [](const auto& member) { return is_flag_meant(member.first); });
}

Judgement flag_presence(const ApiDescription& api) {
  const openapi::Operation* first = nullptr;
  std::size_t count = 0;
  for (const openapi::Operation& operation : api.description->operations) {
    if (operation.method == "get" || operation.method == "head" || operation.method == "options") continue;
    if (has_flag(operation)) continue;
    if (!first) first = &operation;
    ++count;
  }
  if (!first) return Judgement::pass();
  const std::string others = count == 1 ? "" : fmt::format(" and {}", counted(count - 1, "more operation"));
  return Judgement::fail({api.at_name(first->node.place),
                          fmt::format("{}{} {} no x-openai-isConsequential and {} as consequential: the user is asked "
                                      "before every call and cannot allow it for good.",
                                      spoken(*first), others, count == 1 ? "has" : "have",
                                      count == 1 ? "counts" : "count"),
                          "the flag at every operation other than GET",
                          fmt::format("{} without it", counted(count, "operation")),
                          {}});
}

}  // namespace

extern constinit const Check confirmation_flag_presence = define_check<of_openapi_3<flag_presence>>({
    .id = "confirmation/flag-presence",
    .title = "Operations other than GET say whether they are consequential",
    .requirement =
        "x-openai-isConsequential is given at each operation other than GET. Where it is missing, GET counts as false and "
        "every other method as true.",
    .rationale =
        "A search that is sent as POST asks the user for permission each time, and nobody can tell whether the author "
        "meant that.",
    .remedy =
        "Write x-openai-isConsequential: true at operations that change something, and false at those that only read.",
    .source = "OpenAI, GPT Actions in production: consequential flag; Microsoft, Confirmation prompts for API plugins",
    .passing = "post: {operationId: searchTodos, x-openai-isConsequential: false}",
    .failing = "post: {operationId: searchTodos}",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
