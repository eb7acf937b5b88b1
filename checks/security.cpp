#include "checks/security.h"

#include <algorithm>
#include <unordered_set>

namespace plugvet::checks {

using openapi::SecurityRequirement;
using openapi::SecurityScheme;

SecuritySchemes::SecuritySchemes(const openapi::Description& description) {
  for (const SecurityScheme& scheme : description.security_schemes) by_name_.emplace(scheme.name, &scheme);
}

const SecurityScheme* SecuritySchemes::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

namespace {

bool can_be_judged(std::span<const SecurityRequirement> requirements, const SecuritySchemes& schemes) {
  const auto is_known = [&](std::string_view name) {
    const SecurityScheme* scheme = schemes.find(name);
    return scheme && scheme->node && !scheme->type.empty();
  };
  return !requirements.empty() && std::ranges::all_of(requirements, [&](const SecurityRequirement& requirement) {
    return !requirement.schemes.empty() && std::ranges::all_of(requirement.schemes, is_known);
  });
}

}  // namespace

void for_each_requirement(const openapi::Description& description,
                          const std::function<void(const SecurityRequirement&)>& visit) {
  std::ranges::for_each(description.security, visit);
  for (const openapi::Operation& operation : description.operations)
    if (operation.has_own_security) std::ranges::for_each(operation.security, visit);
}

std::vector<SecurityInEffect> security_in_effect(const openapi::Description& description,
                                                 const SecuritySchemes& schemes) {
  std::vector<SecurityInEffect> lists;
  std::unordered_set<const SecurityRequirement*> seen;
  for (const openapi::Operation& operation : description.operations) {
    const bool is_new = !operation.security.empty() && seen.insert(operation.security.data()).second;
    if (is_new && can_be_judged(operation.security, schemes)) lists.push_back({operation.security, &operation});
  }
  return lists;
}

openapi::Node security_list_of(const openapi::Description& description, const SecurityInEffect& security) {
  return member(security.operation->has_own_security ? security.operation->node : description.root, "security");
}

}  // namespace plugvet::checks
