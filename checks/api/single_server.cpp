#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/servers.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t most_compared = 100;

/// The same place by whatever spelling.
std::string normalised(const openapi::Server& server) {
  const auto url = Url::parse(server.address);
  std::string text = url ? url->text() : server.address;
  while (text.ends_with('/')) text.pop_back();
  return text;
}

Judgement single_server(const ApiDescription& api, const Parameters& limits) {
  const openapi::Description& description = *api.description;
  std::vector<const openapi::Server*> seen;
  std::vector<std::string> addresses;
  for_each_server_list(description, [&](std::span<const openapi::Server> servers) {
    for (const openapi::Server& server : servers) {
      std::string address = normalised(server);
      const bool is_new = !address.empty() && std::ranges::find(addresses, address) == addresses.end();
      if (!is_new || addresses.size() == most_compared) continue;
      addresses.push_back(std::move(address));
      seen.push_back(&server);
    }
  });
  Judgement judgement;
  for (std::size_t i = 1; i < seen.size(); ++i)
    judgement.findings.push_back(
        {api.at(seen[i]->node.place),
         fmt::format("Beside {} this is one more server: {}.{}", in_quotes(addresses.front(), 100),
                     in_quotes(addresses[i], 100), said_by_platform(limits)),
         "one server",
         counted(seen.size(), "server"),
         {}});
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_single_server = define_check<of_openapi_3<single_server>>({
    .id = "api/single-server",
    .title = "The description names one server",
    .requirement =
        "All servers of the description are one and the same, for the document and for every path and operation.",
    .rationale =
        "Platforms use one of them, each by a rule of its own, and drop the rest: calls may go to a server for tests, "
        "or an operation may disappear.",
    .remedy =
        "Keep the production server only. Serve operations of other hosts through it, or as a plugin of their own.",
    .source = "Messages of the GPT editor reported by developers; Microsoft, Teams Toolkit, spec-parser",
    .passing = "servers: [{url: https://api.acme.com}]",
    .failing = "servers: [{url: https://api.acme.com}, {url: https://staging.acme.com}]",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
