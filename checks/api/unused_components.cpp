#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "checks/openapi.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

using openapi::Description;

constexpr auto component_groups =
    std::to_array<std::string_view>({"schemas", "responses", "parameters", "examples", "requestBodies", "headers",
                                     "links", "callbacks", "pathItems", "securitySchemes"});

/// A schema that extends one with a discriminator is found by its name, without any reference.
bool is_found_by_name(const Description& description, const Json& schema) {
  const Json* parents = member_of(schema, "allOf");
  if (!parents || !parents->is_array()) return false;
  return std::ranges::any_of(*parents, [&](const Json& parent) {
    const openapi::Node target = description.resolved({&parent, {}});
    return target && member_of(*target.value, "discriminator");
  });
}

std::unordered_set<std::string_view> required_schemes(const Description& description) {
  std::unordered_set<std::string_view> names;
  const auto note = [&](const auto& requirements) {
    for (const openapi::SecurityRequirement& requirement : requirements)
      names.insert(requirement.schemes.begin(), requirement.schemes.end());
  };
  note(description.security);
  for (const openapi::Operation& operation : description.operations)
    if (operation.has_own_security) note(operation.security);
  return names;
}

/// References that lead nowhere: what seems to be unused may be what they mean.
struct Missed {
  std::unordered_set<std::string_view> groups, names;  ///< "schemas", "Todo"
};

Missed missed_by(const Description& description) {
  constexpr std::string_view begin = "#/components/";
  Missed missed;
  for (const openapi::Reference& reference : description.references) {
    if (reference.state != openapi::ReferenceState::unresolved) continue;
    missed.names.insert(reference.text.substr(reference.text.rfind('/') + 1));
    if (!reference.text.starts_with(begin)) continue;
    const std::string_view rest = reference.text.substr(begin.size());
    missed.groups.insert(rest.substr(0, rest.find('/')));
  }
  return missed;
}

Judgement unused_components(const ApiDescription& api) {
  const Description& description = *api.description;
  const openapi::Node components = member(description.root, "components");
  if (!components) return Judgement::not_applicable("There are no components.");
  const auto schemes = required_schemes(description);
  const Missed missed = missed_by(description);
  std::vector<std::string> unused;  // "/schemas/Todo"
  for (const std::string_view group : component_groups) {
    const Json* members = member_of(*components.value, group);
    if (!members || !members->is_object() || missed.groups.contains(group)) continue;
    for (const auto& [name, value] : members->items()) {
      if (name.starts_with("x-") || missed.names.contains(name) || description.is_referred_to(value)) continue;
      if (group == "securitySchemes" ? schemes.contains(name) : is_found_by_name(description, value)) continue;
      unused.push_back(join_pointer("/" + std::string(group), name));
    }
  }
  if (unused.empty()) return Judgement::pass();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min<std::size_t>(unused.size(), 5); ++i) names.push_back(spoken(unused[i]));
  const std::size_t more = unused.size() - names.size();
  if (more > 0) names.push_back(std::to_string(more) + " more");
  return Judgement::fail(
      {api.at_name({0, "/components" + unused.front()}),
       counted(unused.size(), "component is", "components are") + " used nowhere: " + listed(names) + ".",
       "components that an operation uses",
       counted(unused.size(), "unused component"),
       {}});
}

}  // namespace

extern constinit const Check api_unused_components = define_check<of_openapi_3<unused_components>>({
    .id = "api/unused-components",
    .title = "Every component is used",
    .requirement = "Every component is referred to, every security scheme is required by an operation.",
    .rationale = "What nobody refers to is often the trace of a mistake: a schema that was meant for an answer, "
                 "authentication that was declared and never required. It may also disclose what is not offered.",
    .remedy = "Refer to the component where it was meant, or remove it.",
    .source = "Redocly, no-unused-components; Spectral, oas3-unused-component",
    .passing = "components: {schemas: {Todo: …}} and $ref: '#/components/schemas/Todo'",
    .failing = "components: {schemas: {OldTodo: …}}",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
