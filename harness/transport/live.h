#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/transport/proxy.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// HOST:PORT is connected at ADDRESS[:PORT] (--resolve). The address is judged by the guard like any other.
struct ResolveEntry {
  std::string host;
  std::uint16_t port = 443;
  std::string address;
  std::uint16_t address_port = 0;  ///< 0: the same port
};

struct LiveOptions {
  bool allow_private = false;  ///< --allow-private: the guard lets everything through but says what it saw
  /// Loopback origins that the user typed ("http://localhost:3333"): these, and nothing else that is private.
  std::vector<std::string> loopback_origins;
  std::vector<ResolveEntry> resolve;
  ProxyRules proxies;      ///< what the environment says of proxies is never used
  std::string ca_file;     ///< --ca-file: trusted besides the system's store
  std::string user_agent;  ///< names plugvet and its version
  unsigned per_host_at_once = 2;
  double per_host_per_second = 5;  ///< 0: unthrottled; loopback always is
  std::chrono::seconds retry_after_cap{60};
  /// In place of the name service, for tests.
  std::function<Result<MailRoute>(const std::string& domain)> mail_lookup;
};

/// Connects. The options are the user's, so mistakes in them are reported before anything is sent: an unreadable CA
/// file is a Problem with Blame::user.
Result<std::shared_ptr<Transport>> make_live_transport(LiveOptions options);

}  // namespace plugvet
