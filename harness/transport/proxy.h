#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/result.h"
#include "harness/support/url.h"

namespace plugvet {

/// A proxy that the user named.
class Proxy {
 public:
  /// "http://user:password@proxy.corp:3128"; http (also where no scheme is written), https or socks5h; where no port is
  /// written it is 1080, or 443 for https, as in curl. `source` is what named it: "--proxy", "https_proxy".
  /// The problem (Blame::user) shows no credentials.
  static Result<Proxy> parse(const std::string& text, std::string source);

  const std::string& url() const { return url_; }  ///< "http://proxy.corp:3128": never with credentials
  const std::string& source() const { return source_; }
  const std::string& user() const { return user_; }
  const std::string& password() const { return password_; }
  bool speaks_tls() const { return scheme_ == "https"; }
  /// Whether it passes on what is sent to `url` as it is, or answers requests for it itself (plain http).
  bool makes_tunnel_to(const Url& url) const { return url.is_https() || scheme_ == "socks5h"; }
  /// "the proxy http://proxy.corp:3128 (of https_proxy)"
  std::string named() const;

 private:
  std::string scheme_, url_, source_, user_, password_;
};

/// Which URLs are fetched through which proxy.
struct ProxyRules {
  std::optional<Proxy> for_http, for_https;
  /// As in no_proxy: a domain with all below it, an address (both perhaps with a port), a network ("10.0.0.0/8"), "*".
  std::vector<std::string> exceptions;
  bool loopback_too = false;  ///< otherwise what is on this machine is reached directly

  /// Null: directly.
  const Proxy* proxy_for(const Url& url) const;
};

/// The items of a no_proxy list, which commas or white space separate.
std::vector<std::string> no_proxy_items(std::string_view list);

/// Tries to connect to the proxy for three seconds, for an https one with its handshake. The problem (Blame::user)
/// names it and where it came from. `ca_file`: as for LiveOptions.
std::optional<Problem> why_unreachable(const Proxy& proxy, const std::string& ca_file);

}  // namespace plugvet
