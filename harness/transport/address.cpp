#include "harness/transport/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <cstring>

namespace plugvet {
namespace {

const sockaddr_in& four(const sockaddr& address) {
  return reinterpret_cast<const sockaddr_in&>(address);
}
const sockaddr_in6& six(const sockaddr& address) {
  return reinterpret_cast<const sockaddr_in6&>(address);
}

}  // namespace

std::optional<Address> Address::parse(std::string_view literal, std::uint16_t port) {
  const std::string text{literal};
  Address address;
  auto& v4 = reinterpret_cast<sockaddr_in&>(address.storage_);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(address.storage_);
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    address.storage_.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
    address.storage_.ss_family = AF_INET6;
  } else {
    return {};
  }
  return address.with_port(port);
}

std::optional<Address> Address::of(const sockaddr& address) {
  if (address.sa_family != AF_INET && address.sa_family != AF_INET6) return {};
  Address copy;
  std::memcpy(&copy.storage_, &address, address.sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
  return copy;
}

Address Address::with_port(std::uint16_t port) const {
  Address copy = *this;
  if (is_ipv6()) {
    reinterpret_cast<sockaddr_in6&>(copy.storage_).sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in&>(copy.storage_).sin_port = htons(port);
  }
  return copy;
}

std::uint16_t Address::port() const {
  return ntohs(is_ipv6() ? six(get()).sin6_port : four(get()).sin_port);
}

bool Address::is_loopback() const {
  if (is_ipv6()) return IN6_IS_ADDR_LOOPBACK(&six(get()).sin6_addr);
  return ntohl(four(get()).sin_addr.s_addr) >> 24 == 127;
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  const void* bytes = is_ipv6() ? static_cast<const void*>(&six(get()).sin6_addr) : &four(get()).sin_addr;
  return inet_ntop(storage_.ss_family, bytes, out.data(), out.size());
}

std::string Address::with_port() const {
  return is_ipv6() ? fmt::format("[{}]:{}", text(), port()) : fmt::format("{}:{}", text(), port());
}

bool Address::is_same_host(const Address& other) const {
  if (storage_.ss_family != other.storage_.ss_family) return false;
  if (is_ipv6()) return std::memcmp(&six(get()).sin6_addr, &six(other.get()).sin6_addr, sizeof(in6_addr)) == 0;
  return four(get()).sin_addr.s_addr == four(other.get()).sin_addr.s_addr;
}

}  // namespace plugvet
