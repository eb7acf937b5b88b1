#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

// OpenAI, GPT Actions in production: Google, Microsoft and Adobe sign in for other domains.
constexpr std::string_view exempt_domains[] = {"google.com", "googleapis.com",   "microsoft.com", "microsoftonline.com",
                                               "live.com",   "windows.net",      "adobe.com",     "adobelogin.com"};

std::string domain_of(const std::string& text) {
  const auto url = Url::parse(text);
  if (!url) return {};
  const std::string domain = registrable_domain(url->host());
  return domain.empty() ? url->host() : domain;
}

Judgement judge_endpoint_domain(const ApiDescription& api) {
  const openapi::Description& description = *api.description;
  const std::string home = description.servers.empty() ? "" : domain_of(std::string(description.servers.front().url));
  if (home.empty()) return Judgement::not_applicable("No server has an absolute address to compare with.");
  Judgement judgement;
  for (const openapi::SecurityScheme& scheme : description.security_schemes) {
    const openapi::Node flow = member(member(scheme.node, "flows"), "authorizationCode");
    if (scheme.type != "oauth2" || !flow) continue;
    for (const char* name : {"authorizationUrl", "tokenUrl"}) {
      const openapi::Node node = member(flow, name);
      const auto* text = node ? node.value->get_ptr<const std::string*>() : nullptr;
      const std::string domain = text ? domain_of(*text) : "";
      if (domain.empty() || domain == home || std::ranges::find(exempt_domains, domain) != std::end(exempt_domains))
        continue;
      judgement.findings.push_back({api.at(node.place),
                                    std::string(name) + " lies on " + printable(domain) + "; the API is on " +
                                        printable(home) + ".",
                                    printable(home) + " or a subdomain of it",
                                    printable(domain),
                                    {}});
    }
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check auth_endpoint_domain = define_check<of_openapi_3<judge_endpoint_domain>>({
    .id = "auth/endpoint-domain",
    .title = "The addresses of OAuth lie on the API's root domain",
    .requirement =
        "authorizationUrl and tokenUrl have the root domain of the first server. Google, Microsoft and Adobe are "
        "exempt.",
    .rationale = "The GPT editor refuses it otherwise: who signs in at one site must not send data to another.",
    .remedy = "Serve both on a subdomain of the API's domain, or forward them there.",
    .source = "OpenAI, GPT Actions in production; reports of GPT builders",
    .passing = "server https://api.acme.com with tokenUrl https://login.acme.com/token",
    .failing = "server https://api.acme.com with tokenUrl https://acme.eu.auth0.com/token",
});

}  // namespace plugvet::checks
