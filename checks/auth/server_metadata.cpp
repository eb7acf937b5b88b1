#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/authorization.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

/// What the server says of itself, and what is wrong with it.
class ServerMetadata {
 public:
  ServerMetadata(const Exchange& exchange, const Document& document) : exchange_{exchange}, document_{document} {}

  std::vector<std::string> defects(const SignIn& sign_in) {
    compare_issuer();
    compare("authorization_endpoint", sign_in.declaration.authorization_endpoint);
    compare("token_endpoint", sign_in.declaration.token_endpoint);
    if (exchange_.request.url.starts_with("https://"))
      for (const auto& [name, value] : document_.root().items())
        if (name.ends_with("_endpoint") && text(name).starts_with("http://")) add(name + " is not https");
    if (lists("grant_types_supported", "password")) add("the password grant is supported");
    if (lists("response_types_supported", "token")) add("the implicit flow is supported");
    if (document_.find("/code_challenge_methods_supported") && !lists("code_challenge_methods_supported", "S256"))
      add("of PKCE S256 is not supported");
    compare_answer(sign_in);
    return std::move(defects_);
  }

 private:
  void add(std::string defect) { defects_.push_back(printable(shortened(defect, 160))); }

  std::string text(std::string_view name) const {
    const Json* value = document_.find(join_pointer("", name));
    return value && value->is_string() ? value->get<std::string>() : std::string{};
  }

  bool lists(std::string_view name, const char* word) const {
    const Json* values = document_.find(join_pointer("", name));
    return values && values->is_array() && std::ranges::find(*values, Json(word)) != values->end();
  }

  /// RFC 8414 §3.3: who forges the document of another server cannot forge where it lies.
  void compare_issuer() {
    const auto issuer = Url::parse(text("issuer")), here = Url::parse(exchange_.request.url);
    if (!issuer || !here || issuer->origin() != here->origin() || !issuer->query().empty())
      add("issuer is " + in_quotes(text("issuer"), 80) + ", and not where this was read");
  }

  void compare(std::string_view name, const std::string& declared) {
    const auto here = Url::parse(text(name)), there = Url::parse(declared);
    if (here && there && (here->origin() != there->origin() || here->path() != there->path()))
      add(std::string(name) + " is " + here->origin() + here->path() + ", and " + there->origin() + there->path() +
          " is declared");
  }

  /// RFC 9207
  void compare_answer(const SignIn& sign_in) {
    const Json* promised = document_.find("/authorization_response_iss_parameter_supported");
    if (!promised || *promised != true || !sign_in.callback) return;
    for (const ShownField& field : sign_in.callback->query)
      if (field.name == "iss" && field.value == text("issuer")) return;
    add("iss is promised, and the callback has no iss that is the issuer");
  }

  const Exchange& exchange_;
  const Document& document_;
  std::vector<std::string> defects_;
};

Judgement judge_server_metadata(const SignIn& sign_in) {
  if (!sign_in.metadata) return Judgement::not_applicable("The authorization server gives no description of itself.");
  const auto document = parse_json(sign_in.metadata->response->body, sign_in.metadata->request.url);
  if (!document) return Judgement::not_applicable(document.problem()->what);
  const std::vector<std::string> defects = ServerMetadata{*sign_in.metadata, *document}.defects(sign_in);
  if (defects.empty()) return Judgement::pass();
  std::string all;
  for (const std::string& defect : defects) all.append(all.empty() ? "" : "; ").append(defect);
  return Judgement::fail(sign_in_finding(sign_in, "What the authorization server says of itself does not fit: " + all + ".",
                                         "what is declared and what it does", all, &*sign_in.metadata));
}

}  // namespace

extern constinit const Check auth_server_metadata = define_check<of_oauth<judge_server_metadata>>({
    .id = "auth/server-metadata",
    .title = "What the authorization server says of itself is true",
    .requirement =
        "Where /.well-known/oauth-authorization-server or openid-configuration is served: issuer is its origin, the "
        "endpoints are https and those that are declared, neither the password grant nor the implicit flow is supported, "
        "S256 is among the methods of PKCE, and iss comes back where it is promised.",
    .rationale =
        "Clients that configure themselves by it go where it says. One that names another server sends codes and secrets "
        "there.",
    .remedy = "Make the document from the same settings as the server, or do not serve it.",
    .source = "RFC 8414, sections 2 and 3.3; RFC 9207; RFC 9700, section 2.6",
    .passing = R"({"issuer": "https://auth.acme.com", "token_endpoint": "https://auth.acme.com/token"})",
    .failing = R"({"issuer": "http://localhost:8080", "token_endpoint": "http://localhost:8080/token"})",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
