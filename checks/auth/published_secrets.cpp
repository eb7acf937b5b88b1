#include "checks/keys.h"
#include "checks/placeholders.h"
#include "checks/texts.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

void judge_members(const Manifest& manifest, Judgement& judgement) {
  for (const char* name : {"client_secret", "service_token", "access_token", "api_key", "password"}) {
    const std::string pointer = join_pointer("/auth", name);
    const std::string* text = manifest.text(pointer);
    if (!text || is_blank(*text) || !placeholder_in(*text, TextRole::token).empty() || find_key(*text)) continue;
    judgement.findings.push_back({manifest.at(pointer),
                                  spoken(pointer) + " is in the manifest, which everybody can read.",
                                  "no secret",
                                  "a text of " + counted(code_points(*text), "character"),
                                  {}});
  }
}

Judgement judge_published_secrets(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  Judgement judgement = judge_texts(manifest, api, Sought::keys, "no secret");
  if (manifest && *manifest) judge_members(**manifest, judgement);
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

}  // namespace

extern constinit const Check auth_published_secrets = define_check<judge_published_secrets>({
    .id = "auth/published-secrets",
    .title = "Manifest and API description hold no secrets",
    .requirement =
        "No text of the manifest or the API description, examples included, is a private key, a key or token of a "
        "known service or a signed token; the manifest's auth has no client_secret, service_token or password.",
    .rationale =
        "Both documents are public, and found by scanners within minutes. 368 of 1,038 plugins of a study leaked "
        "files that were meant to be private.",
    .remedy = "Remove it, and change it at the service it belongs to: it is known now. Examples are best made up.",
    .source = "arXiv 2408.14357; OWASP API Security API8; reports of plugin developers",
    .passing = R"("example": "sk-…")",
    .failing = R"("client_secret": "GOCSPX-…")",
});

}  // namespace plugvet::checks
