#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/security.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement security_names(const ApiDescription& api) {
  const openapi::Description& description = *api.description;
  const SecuritySchemes schemes{description};
  Judgement judgement;
  for_each_requirement(description, [&](const openapi::SecurityRequirement& requirement) {
    for (const std::string_view name : requirement.schemes) {
      if (schemes.find(name)) continue;
      judgement.findings.push_back(
          {api.at_name({requirement.node.place.file, join_pointer(requirement.node.place.pointer, name)}),
           "The security scheme " + in_quotes(name) + " is required and not declared.",
           "a name under components.securitySchemes",
           in_quotes(name),
           {}});
    }
  });
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_security_names = define_check<of_openapi_3<security_names>>({
    .id = "api/security-names",
    .title = "Every security scheme that is required is declared",
    .requirement = "The names in security, of the document and of operations, are names under "
                   "components.securitySchemes; capitals count.",
    .rationale = "What a caller has to send is not known: the operation cannot be called, or is called without.",
    .remedy = "Declare the scheme under components.securitySchemes, or correct the name.",
    .source = "OpenAPI 3, Security Requirement Object; Spectral, oas3-operation-security-defined; Redocly, "
              "security-defined",
    .passing = "security: [{bearerAuth: []}] with securitySchemes: {bearerAuth: …}",
    .failing = "security: [{bearerAuth: []}] with securitySchemes: {bearer: …}",
});

}  // namespace plugvet::checks
