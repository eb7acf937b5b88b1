#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement localhost_authentication(const Submission& submission, const Manifest& manifest) {
  if (!submission.is_loopback()) return Judgement::not_applicable("The submission is not a plugin on this machine.");
  const std::string* type = manifest.text("/auth/type");
  if (!type || *type == "none") return Judgement::pass();  // a missing one is reported by the manifest's own checks
  const std::string actual = printable(shortened(*type, 40));
  return Judgement::fail({manifest.at("/auth/type"),
                          "The plugin on localhost declares the authentication type " + actual + ".",
                          "none",
                          actual,
                          {}});
}

}  // namespace

extern constinit const Check discovery_localhost_authentication = define_check<localhost_authentication>({
    .id = "discovery/localhost-authentication",
    .title = "A plugin under development has no authentication",
    .requirement = "While the plugin is on the developer's machine its auth.type is none.",
    .rationale =
        "ChatGPT signs in at no plugin on localhost, so such a plugin cannot be used there. plugvet can sign in at it all "
        "the same.",
    .remedy = "Set {\"type\": \"none\"} while developing in ChatGPT, and test authentication with plugvet or on a deployed server.",
    .source = "OpenAI, Plugin authentication (2023-09)",
    .passing = R"("auth": {"type": "none"})",
    .failing = R"("auth": {"type": "oauth", …} at http://localhost:5003)",
});

}  // namespace plugvet::checks
