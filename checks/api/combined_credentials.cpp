#include <algorithm>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/security.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string spoken_schemes(const std::vector<std::string_view>& names) {
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 4); ++i) quoted.push_back(in_quotes(names[i]));
  if (names.size() > 4) quoted.push_back(counted(names.size() - 4, "other"));
  return listed(quoted);
}

Judgement combined_credentials(const ApiDescription& api, const Parameters& limits) {
  const openapi::Description& description = *api.description;
  const std::vector<SecurityInEffect> lists = security_in_effect(description, SecuritySchemes{description});
  if (lists.empty()) return Judgement::not_applicable("No operation needs credentials.");
  Judgement judgement;
  for (const SecurityInEffect& security : lists) {
    if (std::ranges::any_of(security.requirements, [](const auto& each) { return each.schemes.size() == 1; })) continue;
    const auto& together = security.requirements.front().schemes;
    judgement.findings.push_back({api.at_name(security_list_of(description, security).place),
                                  spoken(*security.operation) + " needs the credentials of " +
                                      spoken_schemes(together) + " together." + said_by_platform(limits),
                                  "one security scheme that opens the operation alone",
                                  counted(together.size(), "scheme") + " together",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_combined_credentials = define_check<of_openapi_3<combined_credentials>>({
    .id = "api/combined-credentials",
    .title = "No operation needs two credentials at once",
    .requirement = "Every operation that needs credentials has, among its security requirements, one of a single "
                   "scheme.",
    .rationale =
        "A platform is set up with one authentication for the plugin and sends nothing beside it: the call is answered "
        "401.",
    .remedy = "Let one scheme open the operation alone; where the API needs two, put a server of your own before it.",
    .source = "Microsoft, Teams Toolkit, spec-parser: multiple-auth-not-supported; error messages of the GPT editor",
    .passing = "security: [{bearerAuth: []}], or security: [{bearerAuth: []}, {appKey: []}]",
    .failing = "security: [{bearerAuth: [], appKey: []}]",
});

}  // namespace plugvet::checks
