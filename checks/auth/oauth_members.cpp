#include <nlohmann/json.hpp>

#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_missing(const Manifest& manifest, const std::string& pointer) {
  const std::string* text = manifest.text(pointer);
  // Another kind of value is manifest/member-types', a blank address manifest/url-shape's; a scope may be empty.
  return !manifest.document.find(pointer) || (text && pointer.ends_with("content_type") && is_blank(*text));
}

Judgement judge_oauth_members(const Manifest& manifest) {
  const std::string* type = manifest.text("/auth/type");
  if (!type || *type != "oauth") return Judgement::not_applicable("auth.type is not oauth.");
  Judgement judgement;
  for (const char* name : {"client_url", "scope", "authorization_url", "authorization_content_type"}) {
    const std::string pointer = join_pointer("/auth", name);
    if (!is_missing(manifest, pointer)) continue;
    const bool is_blank_text = manifest.document.find(pointer) != nullptr;
    judgement.findings.push_back({manifest.at(pointer),
                                  spoken(pointer) + (is_blank_text ? " is blank." : " is missing."),
                                  "a member " + spoken(pointer),
                                  is_blank_text ? "a blank text" : "no such member",
                                  {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check auth_oauth_members = define_check<of_ai_plugin<judge_oauth_members>>({
    .id = "auth/oauth-members",
    .title = "OAuth is described completely",
    .requirement =
        "With auth.type oauth the manifest has auth.client_url (where users are sent to sign in), auth.scope (may be "
        "empty), auth.authorization_url (where codes are exchanged for tokens) and auth.authorization_content_type.",
    .rationale =
        "The platform makes every request of the sign-in of these members. Mind the names: client_url is the "
        "authorization endpoint, authorization_url the token endpoint.",
    .remedy = R"(Add the member. Write "scope": "" where there is none.)",
    .source = "OpenAI, Plugin authentication (2023-09); OpenAI, Getting started (late 2023)",
    .passing =
        "\"auth\": {\"type\": \"oauth\", \"client_url\": \"…\", \"scope\": \"\", \"authorization_url\": \"…\", "
        "\"authorization_content_type\": \"application/json\", …}",
    .failing = R"("auth": {"type": "oauth", "client_url": "…", "token_url": "…"})",
});

}  // namespace plugvet::checks
