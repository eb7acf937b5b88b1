#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement key_in_url(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::SecurityScheme& scheme : api.description->security_schemes) {
    if (scheme.type != "apiKey" || scheme.in != "query") continue;
    judgement.findings.push_back({api.at(scheme.node.place, "in"),
                                  "The key of the security scheme " + in_quotes(scheme.name) + " is sent in the URL.",
                                  "a key in the header",
                                  "in: query",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_key_in_url = define_check<of_openapi_3<key_in_url>>({
    .id = "api/key-in-url",
    .title = "No security scheme puts a key into the URL",
    .requirement = "A security scheme of type apiKey is not in: query.",
    .rationale =
        "URLs are written to logs, histories and Referer headers, of everybody on the way. Plugins of OpenAI cannot "
        "send a key there at all.",
    .remedy = "Take the key from a header: Authorization, or one of your own.",
    .source = "OWASP API Security, no-api-keys-in-url",
    .passing = "apiKey: {type: apiKey, in: header, name: X-Api-Key}",
    .failing = "apiKey: {type: apiKey, in: query, name: key}",
});

}  // namespace plugvet::checks
