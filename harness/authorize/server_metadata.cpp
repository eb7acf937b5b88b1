#include "harness/authorize/server_metadata.h"

#include <nlohmann/json.hpp>

#include "harness/support/document.h"
#include "harness/support/url.h"

namespace plugvet {
namespace {

std::string text_member(const Exchange& exchange, std::string_view pointer) {
  if (!exchange.response || exchange.response->status != 200) return {};
  const auto document = parse_json(exchange.response->body, exchange.request.url);
  const Json* value = document ? document->find(pointer) : nullptr;
  return value && value->is_string() ? value->get<std::string>() : std::string{};
}

}  // namespace

std::optional<Exchange> server_metadata(Client& client, const std::string& endpoint) {
  const auto url = Url::parse(endpoint);
  if (!url) return std::nullopt;
  std::vector<std::future<Fetch>> fetches;
  for (const char* path : {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"}) {
    Request request;
    request.url = url->origin() + path;
    request.headers.push_back({"Accept", "application/json"});
    fetches.push_back(client.start(std::move(request)));
  }
  std::optional<Exchange> found;
  for (auto& fetch : fetches) {
    Exchange exchange = exchange_of(fetch.get());
    if (!found && !text_member(exchange, "/issuer").empty()) found = std::move(exchange);
  }
  return found;
}

std::string revocation_endpoint(const std::optional<Exchange>& metadata, const std::string& token_endpoint) {
  const std::string named = metadata ? text_member(*metadata, "/revocation_endpoint") : std::string{};
  const auto url = Url::parse(named), token = Url::parse(token_endpoint);
  return url && token && url->origin() == token->origin() ? named : std::string{};
}

}  // namespace plugvet
