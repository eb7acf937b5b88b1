#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <new>

#include "harness/support/text.h"
#include "harness/transport/proxy.h"
#include "harness/transport/trust_store.h"

namespace plugvet {
namespace {

constexpr long seconds_to_connect = 3;

CURLcode share_trust(CURL*, void* context, void* trust) {
  static_cast<const TrustStore*>(trust)->share_with(static_cast<ssl_ctx_st*>(context));
  return CURLE_OK;
}

}  // namespace

std::optional<Problem> why_unreachable(const Proxy& proxy, const std::string& ca_file) {
  auto trust = TrustStore::load(ca_file);
  if (!trust) return *trust.problem();
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_ALL);
  const std::unique_ptr<CURL, void (*)(CURL*)> handle{ready == CURLE_OK ? curl_easy_init() : nullptr,
                                                      curl_easy_cleanup};
  if (!handle) throw std::bad_alloc{};
  // Only its host and port are of interest here: for curl it is a server like any other.
  const std::string place = proxy.url().substr(proxy.url().find("://"));
  char error[CURL_ERROR_SIZE] = {};
  curl_easy_setopt(handle.get(), CURLOPT_URL, ((proxy.speaks_tls() ? "https" : "http") + place).c_str());
  curl_easy_setopt(handle.get(), CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(handle.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, seconds_to_connect * 1000);
  curl_easy_setopt(handle.get(), CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  curl_easy_setopt(handle.get(), CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  curl_easy_setopt(handle.get(), CURLOPT_SSL_CTX_FUNCTION, share_trust);
  curl_easy_setopt(handle.get(), CURLOPT_SSL_CTX_DATA, &*trust);
  const CURLcode code = curl_easy_perform(handle.get());
  if (code == CURLE_OK) return {};
  const std::string why = code == CURLE_OPERATION_TIMEDOUT ? fmt::format("no answer within {} s", seconds_to_connect)
                          : error[0]                       ? printable(error)
                                                           : curl_easy_strerror(code);
  return Problem{.rung = Rung::connect,
                 .id = "proxy.unreachable",
                 .what = fmt::format("{}: the proxy {} cannot be reached: {}; --no-proxy connects without it.",
                                     proxy.source(), printable(proxy.url()), why),
                 .where = {},
                 .position = {},
                 .blame = Blame::user};
}

}  // namespace plugvet
