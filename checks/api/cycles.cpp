#include <fmt/format.h>

#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t longest_shown = 6;

/// "Pet → Owner → Pet"
std::string drawn(const openapi::Cycle& cycle) {
  constexpr std::string_view schemas = "/components/schemas/";
  const auto name = [&](const ApiPlace& place) {
    const std::string_view pointer = place.pointer;
    return spoken(pointer.starts_with(schemas) ? pointer.substr(schemas.size() - 1) : pointer);
  };
  std::string drawing;
  for (std::size_t i = 0; i < cycle.members.size() && i < longest_shown; ++i)
    drawing += name(cycle.members[i]) + " → ";
  if (cycle.members.size() > longest_shown) drawing += "… → ";
  return drawing + name(cycle.members.front());
}

Judgement cycles(const ApiDescription& api, const Parameters& limits) {
  Judgement judgement;
  for (const openapi::Cycle& cycle : api.description->cycles)
    judgement.findings.push_back(
        {api.at_name(cycle.members.front()),
         fmt::format("This refers to itself: {}.{}", drawn(cycle), said_by_platform(limits)),
         "schemas of finite depth",
         cycle.members.size() == 1 ? "a schema within itself"
                                   : "a circle of " + counted(cycle.members.size(), "schema"),
         {}});
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_cycles = define_check<of_openapi_3<cycles>>({
    .id = "api/cycles",
    .title = "No schema contains itself",
    .requirement = "No schema refers to itself, neither directly nor through others.",
    .rationale = "OpenAPI allows it, but platforms write schemas out for the model: they refuse what has no end.",
    .remedy = "End the circle: refer to the inner object by its id, or describe a fixed number of levels.",
    .source =
        "Messages of the GPT editor reported by developers; Microsoft, Teams Toolkit, spec-parser: "
        "circular-reference-not-supported",
    .passing = "parent_id: {type: string}",
    .failing = "Todo: {properties: {parent: {$ref: '#/components/schemas/Todo'}}}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
