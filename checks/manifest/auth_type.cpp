#include <algorithm>

#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::string_view known_types[] = {"none", "service_http", "user_http", "oauth"};

std::string message_about(const std::string& type) {
  if (std::ranges::find(known_types, type) != std::end(known_types))
    return "auth.type is " + in_quotes(type) + ", which this platform does not offer.";
  const std::string near = nearest(type, known_types);
  return "auth.type is " + in_quotes(type) + (near.empty() ? "." : "; did you mean " + near + "?");
}

Judgement auth_type(const Manifest& manifest, const Parameters& limits) {
  const std::string* type = manifest.text("/auth/type");
  const auto accepted = limits.list("accepted");
  if (!type || std::ranges::find(accepted, *type) != accepted.end()) return Judgement::pass();
  return Judgement::fail(
      {manifest.at("/auth/type"), message_about(*type), listed(accepted, "or"), in_quotes(*type), {}});
}

}  // namespace

extern constinit const Check manifest_auth_type = define_check<of_ai_plugin<auth_type>>({
    .id = "manifest/auth-type",
    .title = "The authentication type is one that the platform offers",
    .requirement =
        "auth.type is none, service_http, user_http or oauth. The store takes no user_http, GPT Pro only none.",
    .rationale = "The platform decides by it how it signs in. With an unknown type nothing can be called.",
    .remedy = "Use one of the types that are named, spelled exactly so.",
    .source = "OpenAI, Plugin authentication (2023-09); OpenAI, Plugin review process (2023-09); Witivio, GPT Pro: "
              "build plugins",
    .passing = R"("auth": {"type": "service_http", …})",
    .failing = R"("auth": {"type": "OAuth2", …})",
});

}  // namespace plugvet::checks
