#include "harness/authorize/declaration.h"

#include <nlohmann/json.hpp>

namespace plugvet {
namespace {

constexpr std::string_view default_token_type = "application/x-www-form-urlencoded";

std::string text_at(const Document& document, const std::string& pointer) {
  const Json* value = document.find(pointer);
  const auto* text = value ? value->get_ptr<const std::string*>() : nullptr;
  return text ? *text : std::string{};
}

AuthKind kind_of_manifest(std::string_view type) {
  for (const AuthKind kind : {AuthKind::none, AuthKind::service_http, AuthKind::user_http, AuthKind::oauth})
    if (type == name_of(kind)) return kind;
  return AuthKind::unknown;
}

AuthDeclaration of_ai_plugin(const Manifest& manifest) {
  AuthDeclaration declaration;
  const auto text = [&](const char* name) { return text_at(manifest.document, join_pointer("/auth", name)); };
  declaration.where = manifest.at("/auth");
  declaration.kind = kind_of_manifest(text("type"));
  declaration.scheme = declaration.kind == AuthKind::oauth ? "bearer" : text("authorization_type");
  declaration.authorization_endpoint = text("client_url");
  declaration.token_endpoint = text("authorization_url");
  declaration.scope = text("scope");
  declaration.content_type = text("authorization_content_type");
  return declaration;
}

AuthDeclaration of_m365(const Manifest& manifest) {
  AuthDeclaration declaration;
  const std::string type = text_at(manifest.document, "/runtimes/0/auth/type");
  declaration.where = manifest.at("/runtimes/0/auth");
  declaration.kind = type.empty() || type == "None"  ? AuthKind::none
                     : type.ends_with("PluginVault") ? AuthKind::vault
                                                     : AuthKind::unknown;
  return declaration;
}

/// The first scheme that the whole document asks for, otherwise the first that it declares; empty: none.
std::string scheme_in_effect(const Document& document) {
  const Json* schemes = document.find("/components/securitySchemes");
  if (!schemes || !schemes->is_object() || schemes->empty()) return {};
  const Json* first = document.find("/security/0");
  if (first && first->is_object() && !first->empty() && schemes->contains(first->begin().key()))
    return first->begin().key();
  return schemes->begin().key();
}

AuthDeclaration of_api(const ApiDescription& api) {
  AuthDeclaration declaration;
  const std::string name = scheme_in_effect(api.document);
  if (name.empty()) return declaration;
  const std::string pointer = join_pointer("/components/securitySchemes", name);
  const auto text = [&](std::string_view member) { return text_at(api.document, pointer + std::string{member}); };
  declaration.where = api.at(pointer);
  const std::string type = text("/type");
  declaration.kind = AuthKind::unknown;
  if (type == "http") {
    declaration.kind = AuthKind::service_http;
    declaration.scheme = text("/scheme");
  } else if (type == "apiKey" && text("/in") == "header") {
    declaration.kind = AuthKind::api_key;
    declaration.header = text("/name");
  } else if (type == "oauth2" && api.document.find(pointer + "/flows/authorizationCode")) {
    declaration.kind = AuthKind::oauth;
    declaration.scheme = "bearer";
    declaration.authorization_endpoint = text("/flows/authorizationCode/authorizationUrl");
    declaration.token_endpoint = text("/flows/authorizationCode/tokenUrl");
    declaration.content_type = default_token_type;
    const Json* scopes = api.document.find(pointer + "/flows/authorizationCode/scopes");
    if (scopes && scopes->is_object())
      for (const auto& [scope, about] : scopes->items())
        declaration.scope += (declaration.scope.empty() ? "" : " ") + scope;
  }
  return declaration;
}

}  // namespace

Result<AuthDeclaration> auth_declaration(const Evidence& evidence) {
  if (evidence.manifest) {
    const Manifest* manifest = evidence.manifest->value();
    if (!manifest) return *evidence.manifest->problem();
    return manifest->format() == ManifestFormat::m365 ? of_m365(*manifest) : of_ai_plugin(*manifest);
  }
  if (!evidence.api) return AuthDeclaration{};
  const ApiDescription* api = evidence.api->value();
  if (!api) return *evidence.api->problem();
  return of_api(*api);
}

}  // namespace plugvet
