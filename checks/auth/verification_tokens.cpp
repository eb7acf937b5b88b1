#include <nlohmann/json.hpp>

#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_verification_tokens(const Manifest& manifest) {
  const std::string* type = manifest.text("/auth/type");
  if (!type || (*type != "service_http" && *type != "oauth"))
    return Judgement::not_applicable("auth.type needs no verification token.");
  const Json* tokens = manifest.document.find("/auth/verification_tokens");
  if (tokens && !tokens->is_object()) return Judgement::pass();  // manifest/member-types
  constexpr const char* pointer = "/auth/verification_tokens/openai";
  const Json* token = manifest.document.find(pointer);
  const std::string* text = manifest.text(pointer);
  if (text && !is_blank(*text)) return Judgement::pass();
  const std::string actual = text ? "a blank text" : token ? std::string(kind_of(*token)) : "no such member";
  return Judgement::fail({manifest.at(pointer),
                          "auth.verification_tokens.openai is " + (token ? actual : std::string("missing")) + ".",
                          "the token that the platform showed at the installation",
                          actual,
                          {}});
}

}  // namespace

extern constinit const Check auth_verification_tokens = define_check<of_ai_plugin<judge_verification_tokens>>({
    .id = "auth/verification-tokens",
    .title = "The manifest shows the verification token",
    .requirement =
        "With auth.type service_http and oauth auth.verification_tokens.openai is the token that the platform shows "
        "when the plugin is installed.",
    .rationale =
        "With it the platform makes sure that who gives it a secret also owns the plugin's domain. Without it the "
        "installation does not come to its end.",
    .remedy = "Install the plugin, copy the token that is shown into the manifest, and publish it again.",
    .source = "OpenAI, Plugin authentication (2023-09)",
    .passing = R"("verification_tokens": {"openai": "5f0c1be2a94d4d7d8e6a3b17c9d20f84"})",
    .failing = R"("verification_tokens": {})",
});

}  // namespace plugvet::checks
