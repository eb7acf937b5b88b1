#include <nlohmann/json.hpp>

#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_authorization_type(const Manifest& manifest) {
  const std::string* type = manifest.text("/auth/type");
  if (!type || (*type != "service_http" && *type != "user_http"))
    return Judgement::not_applicable("auth.type is neither service_http nor user_http.");
  const Json* member = manifest.document.find("/auth/authorization_type");
  const std::string* scheme = manifest.text("/auth/authorization_type");
  if (member && !scheme) return Judgement::pass();  // manifest/member-types
  if (scheme && (*scheme == "bearer" || *scheme == "basic")) return Judgement::pass();
  const std::string actual = scheme ? in_quotes(*scheme) : "no such member";
  return Judgement::fail({manifest.at("/auth/authorization_type"),
                          "auth.authorization_type is " + (scheme ? actual + "." : "missing."),
                          "bearer or basic",
                          actual,
                          {}});
}

}  // namespace

extern constinit const Check auth_authorization_type = define_check<of_ai_plugin<judge_authorization_type>>({
    .id = "auth/authorization-type",
    .title = "The scheme of the header Authorization is one that the platform sends",
    .requirement =
        "With auth.type service_http or user_http the manifest has auth.authorization_type: bearer or basic, in "
        "small letters.",
    .rationale = "It becomes the first word of the header Authorization. The platform knows these two.",
    .remedy = R"(Write "authorization_type": "bearer".)",
    .source = "OpenAI, Plugin authentication (2023-09); PluginLab, chatgpt-plugin-validator",
    .passing = R"("authorization_type": "bearer")",
    .failing = R"("authorization_type": "Bearer token")",
});

}  // namespace plugvet::checks
