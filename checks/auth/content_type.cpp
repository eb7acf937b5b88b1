#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_content_type(const Manifest& manifest) {
  const std::string *type = manifest.text("/auth/type"),
                    *content = manifest.text("/auth/authorization_content_type");
  if (!type || *type != "oauth" || !content || is_blank(*content))
    return Judgement::not_applicable("No content type of the token request is declared.");
  const std::string bare = to_lower_ascii(trimmed(content->substr(0, content->find(';'))));
  if (bare == "application/json" || bare == "application/x-www-form-urlencoded") return Judgement::pass();
  return Judgement::fail({manifest.at("/auth/authorization_content_type"),
                          "auth.authorization_content_type is " + in_quotes(*content) + ".",
                          "application/json or application/x-www-form-urlencoded",
                          in_quotes(*content),
                          {}});
}

}  // namespace

extern constinit const Check auth_content_type = define_check<of_ai_plugin<judge_content_type>>({
    .id = "auth/content-type",
    .title = "The token request is sent in a known content type",
    .requirement = "auth.authorization_content_type is application/json or application/x-www-form-urlencoded.",
    .rationale = "The platform sends the token request in exactly this type, and knows to write these two.",
    .remedy = "Write what the token endpoint reads; OAuth's own is application/x-www-form-urlencoded.",
    .source = "OpenAI, Plugin authentication (2023-09); RFC 6749, section 4.1.3",
    .passing = R"("authorization_content_type": "application/json")",
    .failing = R"("authorization_content_type": "json")",
});

}  // namespace plugvet::checks
