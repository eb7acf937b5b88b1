#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement servers(const ApiDescription& api, const Parameters& limits) {
  const openapi::Description& description = *api.description;
  const openapi::Node misplaced = member(member(description.root, "info"), "servers");  // api/structure
  if (!description.servers.empty() || misplaced) return Judgement::pass();
  const auto has_servers = [](const openapi::Operation& operation) { return !operation.servers.empty(); };
  const auto fault = [&](Location where, std::string_view subject) {
    return Finding{
        std::move(where), fmt::format("{} no server.{}", subject, said_by_platform(limits)), "a server", "none", {}};
  };
  if (std::ranges::none_of(description.operations, has_servers))
    return Judgement::fail(fault(api.at("/servers"), "The description names"));
  Judgement judgement;
  for (const openapi::Operation& operation : description.operations)
    if (!has_servers(operation))
      judgement.findings.push_back(fault(api.at_name(operation.node.place), spoken(operation) + " has"));
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_servers = define_check<of_openapi_3<servers>>({
    .id = "api/servers",
    .title = "The description names the server of every operation",
    .requirement = "servers has an entry: for the whole document, or for the path or operation.",
    .rationale =
        "Without it the GPT editor and the Teams Toolkit refuse the document. The plugin platform falls back to the "
        "host that serves the document, where the API need not be.",
    .remedy = "Add servers at the root of the document, with the URL that the paths begin at.",
    .source =
        "Microsoft, Teams Toolkit, spec-parser: no-server-information; OpenAI, Plugins in production (2023-09); "
        "Spectral, oas3-api-servers",
    .passing = "servers: [{url: https://api.acme.com}]",
    .failing = "servers: []",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
