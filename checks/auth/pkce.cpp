#include <nlohmann/json.hpp>

#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_pkce(const SignIn& sign_in, const Collected<Manifest>& manifest) {
  const Manifest* read = manifest ? manifest->value() : nullptr;
  const Json* declared = read ? read->document.find("/auth/pkce_required") : nullptr;
  if (declared && declared->is_boolean() && declared->get<bool>())
    return Judgement::not_applicable("The manifest declares pkce_required.");
  if (!sign_in.needed_pkce) return Judgement::pass();
  return Judgement::fail(sign_in_finding(
      sign_in, "The authorization server refuses a request without code_challenge; the platform sends none.",
      "a login page without code_challenge", "a refusal",
      sign_in.steps.empty() ? nullptr : &sign_in.steps.front().exchange));
}

}  // namespace

extern constinit const Check auth_pkce = define_check<of_oauth<judge_pkce>>({
    .id = "auth/pkce",
    .title = "The sign-in works without PKCE",
    .requirement = "The authorization request works without code_challenge.",
    .rationale =
        "The platform is a confidential client with a secret and sends no code_challenge, so a server that insists "
        "on it lets nobody in. (plugvet then goes on with one.)",
    .remedy = "Do not require PKCE of the platform's client; take it where it comes.",
    .source = "OpenAI, Plugin authentication (2023-09); reports of GPT builders",
    .passing = "a login page",
    .failing = "error=invalid_request: code_challenge is missing",
});

}  // namespace plugvet::checks
