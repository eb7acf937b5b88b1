#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/placeholders.h"
#include "checks/servers.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// The description came from there, so it is no placeholder in the laboratory in which that host exists.
bool is_host_of_document(const ApiDescription& api, const openapi::Server& server) {
  const auto url = Url::parse(server.address);
  return api.url && url && url->host() == api.url->host();
}

Judgement server_placeholders(const ApiDescription& api) {
  Judgement judgement;
  for_each_server_list(*api.description, [&](std::span<const openapi::Server> servers) {
    for (const openapi::Server& server : servers) {
      const std::string found = placeholder_in(server.url, TextRole::address);
      if (found.empty() || is_host_of_document(api, server)) continue;
      const std::string part = found == server.url ? "" : ": " + in_quotes(found);
      judgement.findings.push_back(
          {api.at(server.node.place, "url"),
           "The server " + in_quotes(server.url, 120) + " is still the placeholder of a template or sample" + part +
               ".",
           "the address of the API",
           in_quotes(server.url, 120),
           {}});
    }
  });
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_server_placeholders = define_check<of_openapi_3<server_placeholders>>({
    .id = "api/server-placeholders",
    .title = "Servers are those of the API, not of a sample",
    .requirement =
        "The URL of a server is no host that is reserved for documentation (example.com, .example, .test, .invalid) "
        "and has no variable that a build step should have replaced.",
    .rationale = "Nothing answers there. The rest of the document is then often that of the sample, too.",
    .remedy = "Write the address of your API, or let the build write it before the document is handed in.",
    .source = "RFC 2606; Spectral, oas3-server-not-example.com; Redocly, no-server-example.com",
    .passing = "url: https://api.acme.com",
    .failing = "url: https://api.example.com",
});

}  // namespace plugvet::checks
