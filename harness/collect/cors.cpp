#include "harness/collect/cors.h"

namespace plugvet {

namespace {

constexpr std::string_view platform_origin = "https://chat.openai.com";

FetchOrder order(Artefact artefact, const std::string& url, std::string method, Headers headers, FetchLimits limits) {
  FetchOrder order;
  order.artefact = artefact;
  order.request.url = url;
  order.request.method = std::move(method);
  order.request.headers = std::move(headers);
  order.request.headers.insert(order.request.headers.begin(), {"Origin", std::string{platform_origin}});
  order.limits = limits;
  order.follow_redirects = false;  // a browser refuses a redirected preflight
  return order;
}

}  // namespace

PendingCors start_cors(Transport& transport, Artefact artefact, const std::string& url, const FetchLimits& limits) {
  const Headers asked{
      {"Access-Control-Request-Method", "GET"},
      {"Access-Control-Request-Headers", "content-type, openai-conversation-id, openai-ephemeral-user-id"},
      {"Access-Control-Request-Private-Network", "true"}};
  return {artefact, transport.start(order(artefact, url, "OPTIONS", asked, limits)),
          transport.start(order(artefact, url, "GET", {}, limits))};
}

CorsProbe PendingCors::get() {
  return {artefact, std::move(preflight.get().hops.back()), std::move(actual.get().hops.back())};
}

}  // namespace plugvet
