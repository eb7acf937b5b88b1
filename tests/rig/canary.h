#pragma once
#include <cstdint>
#include <memory>
#include <string>

namespace plugvet::rig {

/// Listens where nobody may come, and counts who does.
class Canary {
 public:
  /// Any IPv4 or IPv6 address of this machine; port 0: a free one. std::runtime_error where it cannot listen.
  explicit Canary(const std::string& address, std::uint16_t port = 0);
  ~Canary();
  Canary(const Canary&) = delete;
  Canary& operator=(const Canary&) = delete;

  std::uint16_t port() const { return port_; }
  const std::string& address() const { return address_; }
  /// Connections that were made so far; accepting and counting is done here, so that nothing is missed.
  unsigned visits();

 private:
  std::string address_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  unsigned visits_ = 0;
};

}  // namespace plugvet::rig
