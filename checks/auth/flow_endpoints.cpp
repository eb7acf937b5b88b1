#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

Judgement judge_flow_endpoints(const ApiDescription& api) {
  Judgement judgement;
  bool has_flow = false;
  for (const openapi::SecurityScheme& scheme : api.description->security_schemes) {
    const openapi::Node flow = member(member(scheme.node, "flows"), "authorizationCode");
    if (scheme.type != "oauth2" || !flow) continue;
    has_flow = true;
    for (const char* name : {"authorizationUrl", "tokenUrl"}) {
      const openapi::Node node = member(flow, name);
      const auto* text = node ? node.value->get_ptr<const std::string*>() : nullptr;
      if (!text) continue;  // api/structure
      const auto url = Url::parse(*text);
      if (url && url->is_https() && !is_loopback_host(url->host())) continue;
      judgement.findings.push_back({api.at(node.place),
                                    std::string(name) + " of the security scheme " + in_quotes(scheme.name) +
                                        " is no https address that the platform can reach: " +
                                        in_quotes(*text, 120) + ".",
                                    "an absolute https URL",
                                    in_quotes(*text, 120),
                                    {}});
    }
  }
  if (!has_flow) return Judgement::not_applicable("No security scheme has the authorization code flow.");
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check auth_flow_endpoints = define_check<of_openapi_3<judge_flow_endpoints>>({
    .id = "auth/flow-endpoints",
    .title = "The addresses of OAuth can be reached",
    .requirement =
        "authorizationUrl and tokenUrl of the authorization code flow are absolute https URLs, and not of this "
        "machine.",
    .rationale = "They are copied into the editor; a relative one or one without TLS is refused there.",
    .remedy = "Write the whole address.",
    .source = "OpenAI, GPT Action authentication; OpenAPI 3.0, OAuth flow object",
    .passing = "authorizationUrl: https://acme.com/authorize",
    .failing = "authorizationUrl: /authorize",
});

}  // namespace plugvet::checks
