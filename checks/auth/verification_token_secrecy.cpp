#include <nlohmann/json.hpp>

#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_verification_token_secrecy(const Manifest& manifest, const Evidence& evidence) {
  const Json* tokens = manifest.document.find("/auth/verification_tokens");
  if (!tokens || !tokens->is_object() || tokens->empty())
    return Judgement::not_applicable("The manifest has no verification token.");
  if (evidence.secrets.empty())
    return Judgement::not_applicable("No credentials were given to compare it with: --credentials FILE.");
  for (const auto& [name, token] : tokens->items())
    for (const Secret& secret : evidence.secrets) {
      if (!token.is_string() || token.get_ref<const std::string&>() != secret.value) continue;
      const std::string what = "the " + printable(shortened(secret.name, 40));
      return Judgement::fail({manifest.at(join_pointer("/auth/verification_tokens", name)),
                              "The verification token is " + what + ", and everybody can read the manifest.",
                              "the token that the platform showed",
                              what,
                              {}});
    }
  return Judgement::pass();
}

}  // namespace

extern constinit const Check auth_verification_token_secrecy = define_check<
    of_ai_plugin<judge_verification_token_secrecy>>({
    .id = "auth/verification-token-secrecy",
    .title = "The verification token is no secret of another kind",
    .requirement =
        "The verification token is neither the service token nor the client's secret. (It is compared with what "
        "--credentials gives.)",
    .rationale = "The manifest is public: whoever reads it could call the API or be the platform.",
    .remedy = "Write the token that the platform shows, and change the secret: it is known now.",
    .source = "OpenAI, Plugin authentication (2023-09); reports of plugin developers",
    .passing = "two different values",
    .failing = "the service token as verification token",
});

}  // namespace plugvet::checks
