#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plugvet::rig {

struct ProxyOptions {
  std::uint16_t target_port = 0;  ///< of 127.0.0.1: every host that is asked for is there
  std::string credentials;        ///< "user:password", demanded with 407; empty: none
  int refuses_with = 0;           ///< a status that every request is answered with
  std::string refusal_headers;    ///< "X-Squid-Error: ERR_CONNECT_FAIL 111\r\n"
};

/// An HTTP proxy on loopback: tunnels by CONNECT, and http requests passed on one for each connection.
class ProxyServer {
 public:
  explicit ProxyServer(ProxyOptions options);
  ~ProxyServer();
  ProxyServer(const ProxyServer&) = delete;
  ProxyServer& operator=(const ProxyServer&) = delete;

  std::uint16_t port() const;
  /// "http://127.0.0.1:40123", or with credentials: "http://user:password@127.0.0.1:40123".
  std::string url(std::string_view credentials = {}) const;
  /// The first lines of all requests to the proxy, in order: "CONNECT todo.example:443 HTTP/1.1".
  std::vector<std::string> requests() const;

  struct Running;

 private:
  std::unique_ptr<Running> running_;
};

}  // namespace plugvet::rig
