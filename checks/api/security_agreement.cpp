#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/security.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::SecurityScheme;

/// What the platform sends with each call, by what a manifest says.
struct Credential {
  enum Kind : unsigned char { none, bearer, basic, bearer_or_basic, oauth, api_key } kind = none;
  std::string as_written;  ///< "auth.type none"

  std::string_view sent() const {
    switch (kind) {
      case none:
        return "no credentials";
      case bearer:
        return "HTTP bearer";
      case basic:
        return "HTTP basic";
      case bearer_or_basic:
        return "HTTP bearer or basic";
      case oauth:
        return "a token of OAuth with authorizationCode, or HTTP bearer";
      case api_key:
        return "an API key, or HTTP bearer";
    }
    return "";
  }
};

std::optional<Credential> credential_of_ai_plugin(const Manifest& manifest) {
  const std::string* type = manifest.text("/auth/type");
  if (!type) return {};  // manifest/required-members, manifest/auth-type
  const std::string written = "auth.type " + printable(shortened(*type, 40));
  if (*type == "none") return Credential{Credential::none, written};
  if (*type == "oauth") return Credential{Credential::oauth, written};
  if (*type != "service_http" && *type != "user_http") return {};
  const std::string* scheme = manifest.text("/auth/authorization_type");
  const std::string name = scheme ? to_lower_ascii(*scheme) : "";
  if (name == "bearer") return Credential{Credential::bearer, written + ", bearer"};
  if (name == "basic") return Credential{Credential::basic, written + ", basic"};
  return Credential{Credential::bearer_or_basic, written};
}

/// Of the only runtime; several ones share the operations in ways that are m365/functions' and m365/runtimes'.
std::optional<Credential> credential_of_m365(const Manifest& manifest) {
  const Json* runtimes = manifest.document.find("/runtimes");
  if (!runtimes || !runtimes->is_array() || runtimes->size() != 1) return {};
  const std::string* type = manifest.text("/runtimes/0/auth/type");
  if (!type) return {};
  const std::string written = "runtimes[0].auth.type " + printable(shortened(*type, 40));
  if (*type == "None") return Credential{Credential::none, written};
  if (*type == "OAuthPluginVault") return Credential{Credential::oauth, written};
  if (*type == "ApiKeyPluginVault") return Credential{Credential::api_key, written};
  return {};
}

std::optional<Credential> credential_of(const Manifest& manifest) {
  return manifest.format() == ManifestFormat::m365 ? credential_of_m365(manifest) : credential_of_ai_plugin(manifest);
}

bool is_code_flow(const SecurityScheme& scheme) {
  return scheme.type == "oauth2" && member(member(scheme.node, "flows"), "authorizationCode");
}

bool fits(const Credential& credential, const SecurityScheme& scheme) {
  const bool is_http = scheme.type == "http";
  const bool is_bearer = is_http && equal_ignoring_case_ascii(scheme.scheme, "bearer");
  const bool is_basic = is_http && equal_ignoring_case_ascii(scheme.scheme, "basic");
  const bool is_key = scheme.type == "apiKey";
  // The header Authorization described as a key: what is in it is left open.
  const bool is_authorization =
      is_key && scheme.in == "header" && equal_ignoring_case_ascii(scheme.parameter_name, "Authorization");
  switch (credential.kind) {
    case Credential::none:
      return false;
    case Credential::bearer:
      return is_bearer || is_authorization;
    case Credential::basic:
      return is_basic || is_authorization;
    case Credential::bearer_or_basic:
      return is_bearer || is_basic || is_authorization;
    case Credential::oauth:
      return is_code_flow(scheme) || scheme.type == "openIdConnect" || is_bearer || is_authorization;
    case Credential::api_key:
      return is_bearer || (is_key && scheme.in != "cookie");
  }
  return true;
}

std::string spoken_kind(const SecurityScheme& scheme) {
  std::string kind(scheme.type);
  if (scheme.type == "http") kind += ' ' + std::string(scheme.scheme);
  if (scheme.type == "apiKey") kind += " in " + std::string(scheme.in);
  if (scheme.type == "oauth2" && !is_code_flow(scheme)) kind += " without authorizationCode";
  return in_quotes(scheme.name) + " (" + printable(shortened(kind, 60)) + ")";
}

Judgement security_agreement(const Manifest& manifest, const ApiDescription& api) {
  const std::optional<Credential> credential = credential_of(manifest);
  if (!credential) return Judgement::not_applicable("The manifest does not say what is sent with each call.");
  const openapi::Description& description = *api.description;
  const SecuritySchemes schemes{description};
  Judgement judgement;
  for (const SecurityInEffect& security : security_in_effect(description, schemes)) {
    const SecurityScheme* unfit = nullptr;
    const bool is_open = std::ranges::any_of(security.requirements, [&](const auto& requirement) {
      // What is wanted beside it is api/combined-credentials'.
      return std::ranges::any_of(requirement.schemes, [&](std::string_view name) {
        const SecurityScheme* scheme = schemes.find(name);
        if (fits(*credential, *scheme)) return true;
        if (!unfit) unfit = scheme;
        return false;
      });
    });
    if (is_open) continue;
    judgement.findings.push_back({api.at_name(security_list_of(description, security).place),
                                  spoken(*security.operation) + " wants " + spoken_kind(*unfit) +
                                      "; the manifest says " + credential->as_written + ".",
                                  std::string(credential->sent()),
                                  spoken_kind(*unfit),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_security_agreement = define_check<of_openapi_3<security_agreement>>({
    .id = "api/security-agreement",
    .title = "Operations want the credentials that the manifest promises",
    .requirement =
        "Every operation that needs credentials takes those that the manifest's authentication sends: with none, no "
        "operation needs any; service_http and user_http send HTTP bearer or basic, oauth a token of the "
        "authorization code flow. A document that is silent about security agrees with every manifest.",
    .rationale = "The platform sends what the manifest says, whatever the API description asks for: the calls are "
                 "answered 401.",
    .remedy = "Correct whichever is wrong: auth in the manifest, or security in the OpenAPI document.",
    .source = "OpenAI, Plugin authentication; Microsoft, API plugin authentication",
    .passing = R"("auth": {"type": "none"} and no security)",
    .failing = R"("auth": {"type": "none"} and security: [{bearerAuth: []}])",
});

}  // namespace plugvet::checks
