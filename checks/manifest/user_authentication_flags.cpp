#include <nlohmann/json.hpp>

#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

bool knows_its_users(const std::string& auth_type) {
  return auth_type == "oauth" || auth_type == "user_http";
}

std::optional<Finding> judge_flag(const Manifest& manifest, const std::string& pointer, const std::string* auth_type) {
  const Json* flag = manifest.document.find(pointer);
  if (!flag) return std::nullopt;
  const std::string name = spoken(pointer);
  if (!flag->is_boolean())
    return Finding{manifest.at(pointer),
                   name + " is " + std::string(kind_of(*flag)) + ".",
                   "true or false",
                   std::string(kind_of(*flag)),
                   {}};
  if (!auth_type || flag->get<bool>() == knows_its_users(*auth_type)) return std::nullopt;
  const std::string expected = knows_its_users(*auth_type) ? "true" : "false",
                    actual = flag->get<bool>() ? "true" : "false";
  return Finding{manifest.at(pointer),
                 name + " is " + actual + ", but auth.type is " + in_quotes(*auth_type) + ".",
                 expected,
                 actual,
                 {}};
}

Judgement user_authentication_flags(const Manifest& manifest) {
  Judgement judgement;
  for (const char* pointer : {"/api/is_user_authenticated", "/api/has_user_authentication"})
    if (auto finding = judge_flag(manifest, pointer, manifest.text("/auth/type")))
      judgement.findings.push_back(std::move(*finding));
  return judgement;
}

}  // namespace

extern constinit const Check manifest_user_authentication_flags = define_check<
    of_ai_plugin<user_authentication_flags>>({
    .id = "manifest/user-authentication-flags",
    .title = "The flags about user authentication agree with the authentication type",
    .requirement =
        "api.is_user_authenticated and api.has_user_authentication, where they are given, are true for the types "
        "oauth and user_http and false for none and service_http.",
    .rationale =
        "They come from early samples and generators. A reader that still looks at them acts on the wrong one of two "
        "statements.",
    .remedy = "Remove the flag; auth.type says it all.",
    .source = "OpenAI, Getting started (spring 2023); Microsoft, Authorize API access; plugvet, own judgement",
    .passing = R"("auth": {"type": "none"}, "api": {…, "is_user_authenticated": false})",
    .failing = R"("auth": {"type": "none"}, "api": {…, "is_user_authenticated": true})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
