#include <algorithm>

#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_boundless(const std::string& scope) {
  const std::string lower = to_lower_ascii(scope);
  for (std::size_t begin = 0; begin < lower.size();) {
    const std::size_t end = std::min(lower.find_first_of(" ,", begin), lower.size());
    const std::string word = lower.substr(begin, end - begin);
    if (word == "*" || word == "admin" || word == "root" || word == "superuser" || word.ends_with(":*") ||
        word.ends_with(":admin"))
      return true;
    begin = end + 1;
  }
  return false;
}

Judgement judge_scope(const Manifest& manifest) {
  const std::string* scope = manifest.text("/auth/scope");
  if (!scope) return Judgement::not_applicable("No scope is declared.");
  if (!is_boundless(*scope)) return Judgement::pass();
  return Judgement::fail({manifest.at("/auth/scope"),
                          "auth.scope asks for everything: " + in_quotes(*scope) + ".",
                          "the scopes that the operations need",
                          in_quotes(*scope),
                          {}});
}

}  // namespace

extern constinit const Check auth_scope = define_check<of_ai_plugin<judge_scope>>({
    .id = "auth/scope",
    .title = "The scope asks for what is needed",
    .requirement = R"(auth.scope names what the operations need; no "*", no admin.)",
    .rationale = "Whatever the token allows, a text that steers the model can make use of.",
    .remedy = "Name the scopes of the operations, and add narrower ones to the server where there is none.",
    .source = "RFC 9700, section 2.3; OWASP LLM Top 10, excessive agency",
    .passing = R"("scope": "todos:read todos:write")",
    .failing = R"("scope": "*")",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
