#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_declared_flows(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::SecurityScheme& scheme : api.description->security_schemes)
    for (const char* name : {"implicit", "password"}) {
      const openapi::Node flow = member(member(scheme.node, "flows"), name);
      if (!flow) continue;
      judgement.findings.push_back({api.at_name(flow.place),
                                    "The security scheme " + in_quotes(scheme.name) + " offers the flow " + name + ".",
                                    "authorizationCode", name, {}});
    }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check auth_declared_flows = define_check<of_openapi_3<judge_declared_flows>>({
    .id = "auth/declared-flows",
    .title = "No outdated flow of OAuth is offered",
    .requirement = "Security schemes offer neither the implicit nor the password flow.",
    .rationale =
        "The one hands tokens out in addresses, the other gives users' passwords to clients. No platform uses them.",
    .remedy = "Offer authorizationCode.",
    .source = "RFC 9700, sections 2.1.2 and 2.4",
    .passing = "flows: {authorizationCode: …}",
    .failing = "flows: {implicit: …}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
