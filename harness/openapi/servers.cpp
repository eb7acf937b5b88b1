#include "harness/openapi/servers.h"

#include <fmt/format.h>

#include "harness/support/text.h"

namespace plugvet::openapi {
namespace {

/// What a server is to the root domain.
struct Candidate {
  const Server* server = nullptr;
  std::string host;
};

std::vector<Candidate> usable_servers(const Description& description, std::string_view root_domain,
                                      const std::optional<Url>& base) {
  std::vector<Candidate> usable;
  for (const Server& server : description.servers) {
    const auto url = base ? base->resolve(server.address) : Url::parse(server.address);
    if (url && is_same_or_subdomain(url->host(), root_domain)) usable.push_back({&server, url->host()});
  }
  return usable;
}

ServerChoice chosen(const Candidate& candidate, std::string_view root_domain) {
  const std::string url = printable(shortened(candidate.server->address, 200));
  if (candidate.host == root_domain) return {candidate.server, fmt::format("{} is the root domain itself.", url)};
  return {candidate.server, fmt::format("{} lies under the root domain {}.", url, root_domain)};
}

std::string nothing_usable(const Description& description, std::string_view root_domain) {
  const std::size_t count = description.servers.size();
  if (count == 0) return "The document names no server.";
  return fmt::format("{} on {} or a subdomain of it.",
                     count == 1 ? "The only server is not" : fmt::format("None of the {} servers is", count),
                     root_domain);
}

}  // namespace

ServerSelection select_server(const Description& description, std::string_view root_domain,
                              const std::optional<Url>& base) {
  const std::vector<Candidate> usable = usable_servers(description, root_domain, base);
  if (usable.empty()) {
    const ServerChoice fallback{nullptr, nothing_usable(description, root_domain)};
    return {fallback, fallback};
  }
  const Candidate* exact = &usable.front();
  for (const Candidate& candidate : usable)
    if (candidate.host == root_domain) {
      exact = &candidate;
      break;
    }
  return {chosen(usable.front(), root_domain), chosen(*exact, root_domain)};
}

}  // namespace plugvet::openapi
