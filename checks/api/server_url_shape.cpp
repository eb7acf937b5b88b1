#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/placeholders.h"
#include "checks/servers.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// The first variable in the URL that is not defined, has no default, or one that its enum does not have.
std::string variable_defect(const openapi::Server& server) {
  const Json* variables = member_of(*server.node.value, "variables");
  std::string_view rest = server.url;
  for (std::size_t open = 0; (open = rest.find('{')) != std::string_view::npos;) {
    const std::size_t close = rest.find('}', open);
    if (close == std::string_view::npos) return "has a brace that is not closed";
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    rest.remove_prefix(close + 1);
    const Json* variable = variables ? member_of(*variables, name) : nullptr;
    if (!variable) return fmt::format("has the variable {}, which variables does not define", in_quotes(name));
    const std::string* chosen = text_of(*variable, "default");
    if (!chosen) return fmt::format("has the variable {}, which has no default", in_quotes(name));
    const Json* values = member_of(*variable, "enum");
    if (values && values->is_array() && std::find(values->begin(), values->end(), *chosen) == values->end())
      return fmt::format("has the variable {}, whose default is not in its enum", in_quotes(name));
  }
  return {};
}

std::string_view host_as_written(std::string_view address) {
  const std::size_t begin = address.find("://") + 3;
  return address.substr(begin, address.find_first_of("/?#", begin) - begin);
}

/// What is wrong with a server's URL: the rest of a sentence; empty when nothing is.
std::string url_defect(const openapi::Server& server) {
  const std::string& address = server.address;
  if (std::string defect = variable_defect(server); !defect.empty()) return defect;
  if (address.empty() || address.starts_with('/') || address.starts_with('.')) return "is relative";
  const auto url = Url::parse(address);
  if (!url && address.find("://") == std::string::npos) return "has no scheme";
  if (!url) return "is no URL that can be called: " + url.problem()->what;
  if (!url->is_https()) return "is not https";
  if (std::ranges::any_of(host_as_written(address), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return "has capital letters in its host";
  if (url->port() != 443) return fmt::format("names the port {}", url->port());
  if (!url->query().empty()) return "has a query";
  return url->fragment().empty() ? std::string{} : "has a fragment";
}

/// Left from development beside a server that is called: api/single-server.
bool is_leftover(const openapi::Server& server, std::span<const openapi::Server> all) {
  const auto is_local = [](const openapi::Server& other) {
    const auto url = Url::parse(other.address);
    return url && is_loopback_host(url->host());
  };
  return is_local(server) && !std::ranges::all_of(all, is_local);
}

Judgement server_url_shape(const ApiDescription& api, const Parameters& limits) {
  const bool localhost_exempt = limits.flag("localhost_exempt");
  Judgement judgement;
  for_each_server_list(*api.description, [&](std::span<const openapi::Server> servers) {
    for (const openapi::Server& server : servers) {
      if (!text_of(*server.node.value, "url")) continue;                    // api/structure
      if (!placeholder_in(server.url, TextRole::address).empty()) continue;  // api/server-placeholders
      const auto url = Url::parse(server.address);
      const bool is_local = url && is_loopback_host(url->host());
      if (is_local && (localhost_exempt || is_leftover(server, servers))) continue;
      const std::string defect = url_defect(server);
      if (defect.empty()) continue;
      judgement.findings.push_back({api.at(server.node.place, "url"),
                                    fmt::format("The server {} {}.", in_quotes(server.url, 120), printable(defect)),
                                    "an absolute https URL in lower case, without port and query",
                                    in_quotes(server.address, 120),
                                    {}});
    }
  });
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_server_url_shape = define_check<of_openapi_3<server_url_shape>>({
    .id = "api/server-url-shape",
    .title = "Server URLs are absolute https URLs that every platform reads alike",
    .requirement =
        "The URL of a server is absolute, https, its host in lower case, without port, query and fragment; every "
        "{variable} in it is defined with a default that is among its values.",
    .rationale =
        "Relative and unencrypted servers are refused. The GPT editor compares a lower-cased origin with what is "
        "written; another port is not reached.",
    .remedy = "Write scheme, host and base path only: https://api.acme.com/v1.",
    .source =
        "Microsoft, Teams Toolkit, spec-parser: relative-server-url-not-supported, url-protocol-not-supported; "
        "messages of the GPT editor reported by developers; Spectral, oas3-server-variables",
    .passing = "url: https://api.acme.com/v1",
    .failing = "url: localhost:5003/",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
