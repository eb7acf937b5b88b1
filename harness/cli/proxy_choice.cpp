#include "harness/cli/proxy_choice.h"

#include <fmt/format.h>

#include <cstdlib>
#include <initializer_list>

#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

/// The first of the variables that is set and not empty.
std::optional<Given> first_variable(std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const char* value = std::getenv(name); value && *value) return Given{value, name};
  return std::nullopt;
}

std::optional<Problem> read_variable(std::initializer_list<const char*> names, std::optional<Proxy>& place) {
  const auto given = first_variable(names);
  if (!given) return std::nullopt;
  auto proxy = Proxy::parse(given->value, given->where);
  if (!proxy) return usage_problem(proxy.problem()->what);
  place = std::move(*proxy);
  return std::nullopt;
}

}  // namespace

Result<std::optional<ProxyRules>> asked_proxies(const Arguments& arguments) {
  const Given *url = arguments.one("proxy"), *direct = arguments.one("no-proxy");
  if (direct && direct->value != "true") direct = nullptr;
  if (url && direct) {
    if (url->was_typed() == direct->was_typed())
      return usage_problem(fmt::format("{} and {} exclude each other.", url->where, direct->where));
    (url->was_typed() ? direct : url) = nullptr;  // the command line wins over the file
  }
  if (direct || (url && is_blank(url->value))) return std::optional{ProxyRules{}};
  if (!url) return std::optional<ProxyRules>{};
  const auto proxy = Proxy::parse(url->value, url->where);
  if (!proxy) return usage_problem(proxy.problem()->what);
  ProxyRules rules{*proxy, *proxy, {}, {}};
  rules.loopback_too = url->was_typed();
  return std::optional{std::move(rules)};
}

Result<ProxyRules> proxies_of_environment() {
  ProxyRules rules;
  if (auto problem = read_variable({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}, rules.for_https))
    return *problem;
  if (auto problem = read_variable({"http_proxy", "all_proxy", "ALL_PROXY"}, rules.for_http)) return *problem;
  if (const auto exceptions = first_variable({"no_proxy", "NO_PROXY"}))
    rules.exceptions = no_proxy_items(exceptions->value);
  return rules;
}

}  // namespace plugvet::cli
