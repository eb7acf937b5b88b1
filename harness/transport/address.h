#pragma once
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plugvet {

/// An IPv4 or IPv6 address with a port: what a socket is connected to.
class Address {
 public:
  /// Reads "10.0.0.1" or "::1"; empty when the text is no address.
  static std::optional<Address> parse(std::string_view literal, std::uint16_t port);
  /// Empty for another family.
  static std::optional<Address> of(const sockaddr& address);

  const sockaddr& get() const { return reinterpret_cast<const sockaddr&>(storage_); }
  Address with_port(std::uint16_t port) const;
  std::uint16_t port() const;
  bool is_ipv6() const { return storage_.ss_family == AF_INET6; }
  bool is_loopback() const;
  std::string text() const;       ///< "10.0.0.1", "::1"
  std::string with_port() const;  ///< "10.0.0.1:443", "[::1]:443"
  bool is_same_host(const Address& other) const;

 private:
  sockaddr_storage storage_{};
};

}  // namespace plugvet
