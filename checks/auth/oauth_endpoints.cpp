#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_oauth_endpoints(const Manifest& manifest) {
  const std::string *type = manifest.text("/auth/type"), *client = manifest.text("/auth/client_url"),
                    *token = manifest.text("/auth/authorization_url");
  if (!type || *type != "oauth") return Judgement::not_applicable("auth.type is not oauth.");
  if (!client || !token || is_blank(*client) || *client != *token) return Judgement::pass();
  return Judgement::fail({manifest.at("/auth/authorization_url"),
                          "auth.client_url and auth.authorization_url are the same address; the first is for browsers, "
                          "the second hands out tokens.",
                          "the token endpoint",
                          in_quotes(*token, 120),
                          {}});
}

}  // namespace

extern constinit const Check auth_oauth_endpoints = define_check<of_ai_plugin<judge_oauth_endpoints>>({
    .id = "auth/oauth-endpoints",
    .title = "The two addresses of OAuth are not the same",
    .requirement =
        "auth.client_url is the authorization endpoint, where users sign in; auth.authorization_url is the token "
        "endpoint.",
    .rationale =
        "The names mislead: authorization_url is often filled with the authorization endpoint. The platform then "
        "asks the login page for a token.",
    .remedy = "Write the token endpoint into authorization_url.",
    .source = "OpenAI, Plugin authentication (2023-09)",
    .passing = R"("client_url": "https://acme.com/authorize", "authorization_url": "https://acme.com/token")",
    .failing = "the same address in both",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
