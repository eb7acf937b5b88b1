#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/security.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using Scopes = std::unordered_set<std::string_view>;

Scopes declared_scopes(const openapi::SecurityScheme& scheme) {
  Scopes declared;
  const Json* flows = scheme.node ? member_of(*scheme.node.value, "flows") : nullptr;
  if (!flows || !flows->is_object()) return declared;
  for (const auto& flow : flows->get_ref<const Json::object_t&>()) {
    const Json* scopes = member_of(flow.second, "scopes");
    if (scopes && scopes->is_object())
      for (const auto& scope : scopes->get_ref<const Json::object_t&>()) declared.insert(scope.first);
  }
  return declared;
}

Judgement security_scopes(const ApiDescription& api) {
  const openapi::Description& description = *api.description;
  const SecuritySchemes schemes{description};
  std::unordered_map<const openapi::SecurityScheme*, Scopes> known;
  FindingList findings;
  for_each_requirement(description, [&](const openapi::SecurityRequirement& requirement) {
    for (const std::string_view name : requirement.schemes) {
      const openapi::SecurityScheme* scheme = schemes.find(name);
      const Json* wanted = member_of(*requirement.node.value, name);
      if (!scheme || scheme->type != "oauth2" || !wanted->is_array()) continue;
      const auto [at, is_new] = known.try_emplace(scheme);
      if (is_new) at->second = declared_scopes(*scheme);
      for (std::size_t i = 0; i < wanted->size(); ++i) {
        const auto* scope = (*wanted)[i].get_ptr<const std::string*>();
        if (!scope || at->second.contains(*scope)) continue;
        findings.add([&]() -> Finding {
          const ApiPlace& place = requirement.node.place;
          return {api.at({place.file, join_pointer(join_pointer(place.pointer, name), i)}),
                  "The scope " + in_quotes(*scope) + " is required, and no flow of " + in_quotes(name) +
                      " declares it.",
                  "a scope of the scheme's flows",
                  in_quotes(*scope),
                  {}};
        });
      }
    }
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_security_scopes = define_check<of_openapi_3<security_scopes>>({
    .id = "api/security-scopes",
    .title = "Every OAuth scope that is required is declared",
    .requirement = "The scopes that security asks of an OAuth 2 scheme are among those that its flows declare.",
    .rationale =
        "A platform asks for the scopes that are declared. The token then lacks the one that the operation needs, and "
        "the call is refused after the user has signed in.",
    .remedy = "Declare the scope under the flow's scopes, or correct the name.",
    .source = "OpenAPI 3, Security Requirement Object; Spectral, oas3-operation-security-defined; Redocly, "
              "security-scopes-defined",
    .passing = "security: [{oauth: [todos.read]}] with scopes: {todos.read: See your todos}",
    .failing = "security: [{oauth: [todos.write]}] with scopes: {todos.read: See your todos}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
