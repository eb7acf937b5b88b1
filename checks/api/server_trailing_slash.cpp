#include <fmt/format.h>

#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/servers.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement server_trailing_slash(const ApiDescription& api) {
  Judgement judgement;
  for_each_server_list(*api.description, [&](std::span<const openapi::Server> servers) {
    for (const openapi::Server& server : servers)
      if (server.address.size() > 1 && server.address.ends_with('/'))
        judgement.findings.push_back({api.at(server.node.place, "url"),
                                      fmt::format("The server {} ends with a slash, and every path begins with one.",
                                                  in_quotes(server.url, 120)),
                                      "no slash at the end",
                                      in_quotes(server.address, 120),
                                      {}});
  });
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_server_trailing_slash = define_check<of_openapi_3<server_trailing_slash>>({
    .id = "api/server-trailing-slash",
    .title = "Server URLs do not end with a slash",
    .requirement = "The URL of a server does not end with a slash.",
    .rationale =
        "The path is appended to it as it is: https://api.acme.com//todos is another address for most servers, and "
        "the call answers 404 or is redirected.",
    .remedy = "Drop the slash at the end.",
    .source =
        "OpenAPI Specification 3.1.1, Paths Object; Spectral, oas3-server-trailing-slash; Redocly, "
        "no-server-trailing-slash",
    .passing = "url: https://api.acme.com/v1",
    .failing = "url: https://api.acme.com/v1/",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
