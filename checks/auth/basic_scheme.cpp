#include "checks/format.h"

namespace plugvet::checks {
namespace {

Judgement judge_basic_scheme(const Manifest& manifest) {
  const std::string* scheme = manifest.text("/auth/authorization_type");
  if (!scheme) return Judgement::not_applicable("No scheme is declared.");
  if (*scheme != "basic") return Judgement::pass();
  return Judgement::fail(
      {manifest.at("/auth/authorization_type"), "auth.authorization_type is \"basic\".", "bearer", "basic", {}});
}

}  // namespace

extern constinit const Check auth_basic_scheme = define_check<of_ai_plugin<judge_basic_scheme>>({
    .id = "auth/basic-scheme",
    .title = "Tokens are sent as bearer tokens",
    .requirement = "auth.authorization_type is bearer rather than basic.",
    .rationale =
        "Basic carries a user name and a password that does not expire; it is easily reused elsewhere and hard to "
        "revoke.",
    .remedy = "Issue a token, and have it sent as bearer.",
    .source = "OWASP API Security, no-http-basic; OpenAI, Plugin authentication (2023-09)",
    .passing = R"("authorization_type": "bearer")",
    .failing = R"("authorization_type": "basic")",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
