#include <fmt/format.h>
#include <re2/re2.h>

#include "checks/placeholders.h"
#include "checks/texts.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

struct KeyForm {
  std::string_view what, pattern;
};

// Forms that nothing else has. The example of jwt.io is in half of all documentations.
constexpr KeyForm key_forms[] = {
    {"a private key", "-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"},
    {"a key of OpenAI", R"(\bsk-(?:proj-)?[A-Za-z0-9]{32,}\b)"},
    {"a key of AWS", R"(\bAKIA[0-9A-Z]{16}\b)"},
    {"a token of GitHub", R"(\bgh[pousr]_[A-Za-z0-9]{36}\b)"},
    {"a token of Slack", R"(\bxox[baprs]-[0-9]{8,}-[0-9A-Za-z-]{16,})"},
    {"a key of Google", R"(\bAIza[0-9A-Za-z_\-]{35}\b)"},
    {"a secret key of Stripe", R"(\b[sr]k_live_[0-9A-Za-z]{24,}\b)"},
    {"a signed token (JWT)", R"(\beyJ[A-Za-z0-9_\-]{10,}\.eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{20,})"},
};
constexpr std::string_view jwt_example = "eyJzdWIiOiIxMjM0NTY3ODkw";

/// A run of one character or "EXAMPLE" is nobody's key.
bool is_made_up(std::string_view key) {
  const std::string lower = to_lower_ascii(key);
  const char last = lower.back();
  return lower.find("example") != std::string::npos || lower.find("xxxx") != std::string::npos ||
         key.find(jwt_example) != std::string_view::npos || lower.ends_with(std::string(6, last));
}

const RE2& any_key() {
  static const RE2 pattern{[] {
    std::string all;
    for (const KeyForm& form : key_forms) all.append(all.empty() ? "(" : "|").append(form.pattern);
    return all + ")";
  }()};
  return pattern;
}

std::string_view form_of(std::string_view key) {
  for (const KeyForm& form : key_forms)
    if (RE2::FullMatch({key.data(), key.size()}, RE2{std::string(form.pattern)})) return form.what;
  return "a key";
}

std::optional<Steering> find_key(std::string_view text) {
  re2::StringPiece rest{text.data(), text.size()}, key;
  while (RE2::FindAndConsume(&rest, any_key(), &key)) {
    const std::string_view found{key.data(), key.size()};
    if (is_made_up(found)) continue;
    return Steering{fmt::format("holds {} that begins with {}", form_of(found), found.substr(0, 6)), ""};
  }
  return std::nullopt;
}

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
  Judgement judgement = judge_texts(manifest, api, find_key, "no secret");
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
