#include "harness/transport/proxy.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>

#include "harness/support/text.h"
#include "harness/transport/address.h"

namespace plugvet {
namespace {

Problem proxy_problem(std::string what) {
  return {.rung = Rung::connect,
          .id = "options.proxy",
          .what = std::move(what),
          .where = {},
          .position = {},
          .blame = Blame::user};
}

/// One part of a URL that libcurl has parsed; empty when there is none.
std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  std::string copy{text};
  curl_free(text);
  return copy;
}

bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c != 0x7f && c != '\\'; });
}

std::optional<unsigned> number(std::string_view text, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

/// Whether the first `bits` bits of two addresses are the same.
bool shares_prefix(const Address& a, const Address& b, unsigned bits) {
  const auto bytes_of = [](const Address& address) {
    return address.is_ipv6()
               ? reinterpret_cast<const unsigned char*>(&reinterpret_cast<const sockaddr_in6&>(address.get()).sin6_addr)
               : reinterpret_cast<const unsigned char*>(&reinterpret_cast<const sockaddr_in&>(address.get()).sin_addr);
  };
  if (a.is_ipv6() != b.is_ipv6() || bits > (a.is_ipv6() ? 128u : 32u)) return false;
  if (std::memcmp(bytes_of(a), bytes_of(b), bits / 8) != 0) return false;
  return bits % 8 == 0 || ((bytes_of(a)[bits / 8] ^ bytes_of(b)[bits / 8]) >> (8 - bits % 8)) == 0;
}

bool is_in_network(const std::string& host, std::string_view network) {
  const std::size_t slash = network.find('/');
  if (slash == std::string_view::npos) return false;
  const auto address = Address::parse(host, 0), base = Address::parse(network.substr(0, slash), 0);
  const auto bits = number(network.substr(slash + 1), 128);
  return address && base && bits && shares_prefix(*address, *base, *bits);
}

/// A name or an address, perhaps in brackets, perhaps with a port.
bool is_excepted(const Url& url, std::string_view item) {
  if (item == "*" || is_in_network(url.host(), item)) return true;
  const std::size_t colon = item.rfind(':');
  const bool has_port = colon != std::string_view::npos && (item.find(':') == colon || item[colon - 1] == ']');
  if (has_port) {
    if (number(item.substr(colon + 1), 65535) != url.port()) return false;
    item = item.substr(0, colon);
  }
  if (item.starts_with('[') && item.ends_with(']')) item = item.substr(1, item.size() - 2);
  if (item.starts_with("*.")) item.remove_prefix(2);
  if (item.starts_with('.')) item.remove_prefix(1);
  if (item.ends_with('.')) item.remove_suffix(1);
  if (item.empty()) return false;
  if (const auto address = Address::parse(item, 0)) {
    const auto host = Address::parse(url.host(), 0);
    return host && host->is_same_host(*address);
  }
  return is_same_or_subdomain(url.host(), to_lower_ascii(item));
}

}  // namespace

Result<Proxy> Proxy::parse(const std::string& text, std::string source) {
  // What was written is not repeated: a password may be anywhere in it.
  const auto refused = [&](std::string_view why) {
    return proxy_problem(fmt::format("{}: {}; write it as http://proxy.example:3128 (or https, or socks5h).", source, why));
  };
  if (!is_plain(text)) return refused("white space or a control character is no part of a proxy's URL");
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url{curl_url(), curl_url_cleanup};
  if (!url) throw std::bad_alloc{};
  const std::string whole = text.find("://") == std::string::npos ? "http://" + text : text;
  if (curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return refused("this is no URL of a proxy");
  Proxy proxy;
  proxy.scheme_ = to_lower_ascii(part(url.get(), CURLUPART_SCHEME));
  if (proxy.scheme_ != "http" && proxy.scheme_ != "https" && proxy.scheme_ != "socks5h")
    return refused(fmt::format("{} is no kind of proxy that plugvet speaks to", printable(proxy.scheme_)));
  const std::string path = part(url.get(), CURLUPART_PATH);
  if ((!path.empty() && path != "/") || !part(url.get(), CURLUPART_QUERY).empty() ||
      !part(url.get(), CURLUPART_FRAGMENT).empty())
    return refused("a proxy's URL ends with the port");
  const std::string host = to_lower_ascii(part(url.get(), CURLUPART_HOST)), port = part(url.get(), CURLUPART_PORT);
  if (host.empty()) return refused("it names no host");
  if (!port.empty() && number(port, 65535).value_or(0) == 0) return refused("the port is a number from 1 to 65535");
  proxy.user_ = part(url.get(), CURLUPART_USER, CURLU_URLDECODE);
  proxy.password_ = part(url.get(), CURLUPART_PASSWORD, CURLU_URLDECODE);
  const std::string_view usual = proxy.speaks_tls() ? "443" : "1080";
  proxy.url_ = fmt::format("{}://{}:{}", proxy.scheme_, host, port.empty() ? usual : std::string_view{port});
  proxy.source_ = std::move(source);
  return proxy;
}

std::string Proxy::named() const {
  return fmt::format("the proxy {} (of {})", printable(url_), source_);
}

const Proxy* ProxyRules::proxy_for(const Url& url) const {
  const std::optional<Proxy>& proxy = url.is_https() ? for_https : for_http;
  if (!proxy || (is_loopback_host(url.host()) && !loopback_too)) return nullptr;
  const auto excepts = [&](const std::string& item) { return is_excepted(url, item); };
  return std::ranges::any_of(exceptions, excepts) ? nullptr : &*proxy;
}

std::vector<std::string> no_proxy_items(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(", \t\r\n"), list.size());
    if (end > 0) items.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return items;
}

}  // namespace plugvet
