#include <fmt/format.h>

#include "checks/openapi.h"
#include "harness/openapi/servers.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// On disk the manifest has no host of its own; where its document will be served has the same root domain.
std::string root_domain_of(const Manifest& manifest, const std::optional<Url>& document) {
  if (std::string domain = manifest.root_domain(); !domain.empty()) return domain;
  if (!document) return {};
  Manifest served;
  served.url = document;
  return served.root_domain();
}

std::optional<Url> document_url(const Manifest& manifest, const ApiDescription& api) {
  if (api.url) return api.url;
  const std::string* named = manifest.text("/api/url");
  const auto url = named ? Url::parse(*named) : Result<Url>{Problem{}};
  return url ? std::optional<Url>{*url} : std::nullopt;
}

std::string address_of(const openapi::ServerChoice& choice) {
  return choice.server ? printable(shortened(choice.server->address, 100)) : "the host of the document";
}

Judgement server_selection(const Manifest& manifest, const ApiDescription& api) {
  if (api.description->servers.empty())
    return Judgement::not_applicable("The description names no server (see api/servers).");
  const std::optional<Url> document = document_url(manifest, api);
  const std::string root_domain = root_domain_of(manifest, document);
  if (root_domain.empty())
    return Judgement::not_applicable("Neither the manifest's address nor api.url says what the root domain is.");
  const openapi::ServerSelection selection = openapi::select_server(*api.description, root_domain, document);
  const auto& [first, exact] = selection;
  if (!first.server)
    return Judgement::fail(
        {api.at("/servers"),
         fmt::format("{} The platform calls the host that serves the document instead{}.", first.reason,
                     document ? ", " + printable(document->origin()) : std::string{}),
         fmt::format("a server on {}", root_domain), address_of({&api.description->servers.front(), {}}), {}});
  if (first.server != exact.server)
    return Judgement::fail({api.at(first.server->node.place),
                            fmt::format("By one of the platform's documented orders the server to call is {}, by the "
                                        "other {}.",
                                        address_of(first), address_of(exact)),
                            "one server by both orders",
                            "two",
                            {}});
  return Judgement::pass();
}

}  // namespace

extern constinit const Check api_server_selection = define_check<of_openapi_3<server_selection>>({
    .id = "api/server-selection",
    .title = "The platform calls the server that the description means",
    .requirement =
        "A server of the description is the root domain of the plugin or a subdomain of it, and both documented "
        "orders choose the same one: the first such server, or first the root domain itself.",
    .rationale =
        "A list without such a server is silently replaced by the host that serves the document. Calls then miss the "
        "base path and answer 404.",
    .remedy = "Name the server under the plugin's root domain, alone or first.",
    .source = "OpenAI, Plugins in production (2023-09 and an earlier revision)",
    .passing = "servers: [{url: https://api.acme.com/v1}] and a manifest on acme.com",
    .failing = "servers: [{url: https://acme.cloudfunctions.net}] and a manifest on acme.com",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
