#include "harness/support/address_guard.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace plugvet {

// The day on which the tables below were compiled from the IANA special-purpose registries.
constinit const std::string_view address_registry_date = "2026-11-21";

namespace {

using Bytes4 = std::array<unsigned char, 4>;
using Bytes16 = std::array<unsigned char, 16>;

template <class Bytes>
struct Row {
  Bytes prefix;
  unsigned length;
  const char* network;  // as the registry writes it
  const char* kind;
};

constexpr const char* metadata = "cloud metadata service";

// The first row that holds decides, so what is narrower stands before what is wider.
constexpr Row<Bytes4> rows4[] = {
    {{169, 254, 169, 254}, 32, "169.254.169.254", metadata},
    {{169, 254, 170, 2}, 32, "169.254.170.2", metadata},
    {{100, 100, 100, 200}, 32, "100.100.100.200", metadata},
    {{168, 63, 129, 16}, 32, "168.63.129.16", metadata},
    {{192, 0, 0, 192}, 32, "192.0.0.192", metadata},
    {{0, 0, 0, 0}, 32, "0.0.0.0/32", "unspecified address, this host"},
    {{0, 0, 0, 0}, 8, "0.0.0.0/8", "address of \"this network\""},
    {{10, 0, 0, 0}, 8, "10.0.0.0/8", "private network"},
    {{100, 64, 0, 0}, 10, "100.64.0.0/10", "shared address space behind a carrier's NAT"},
    {{127, 0, 0, 0}, 8, "127.0.0.0/8", "loopback address"},
    {{169, 254, 0, 0}, 16, "169.254.0.0/16", "link-local address"},
    {{172, 16, 0, 0}, 12, "172.16.0.0/12", "private network"},
    {{192, 0, 0, 8}, 32, "192.0.0.8/32", "dummy address"},
    {{192, 0, 0, 170}, 31, "192.0.0.170/31", "NAT64 discovery address"},
    {{192, 0, 0, 0}, 24, "192.0.0.0/24", "address of IETF protocols"},
    {{192, 0, 2, 0}, 24, "192.0.2.0/24", "documentation network"},
    {{192, 88, 99, 0}, 24, "192.88.99.0/24", "deprecated 6to4 relay"},
    {{192, 168, 0, 0}, 16, "192.168.0.0/16", "private network"},
    {{198, 18, 0, 0}, 15, "198.18.0.0/15", "benchmarking network"},
    {{198, 51, 100, 0}, 24, "198.51.100.0/24", "documentation network"},
    {{203, 0, 113, 0}, 24, "203.0.113.0/24", "documentation network"},
    {{239, 0, 0, 0}, 8, "239.0.0.0/8", "local multicast group"},
    {{224, 0, 0, 0}, 4, "224.0.0.0/4", "multicast group"},
    {{255, 255, 255, 255}, 32, "255.255.255.255/32", "broadcast address"},
    {{240, 0, 0, 0}, 4, "240.0.0.0/4", "reserved address"},
};

constexpr Row<Bytes16> rows6[] = {
    {{0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}, 128, "fd00:ec2::254", metadata},
    {{0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}, 128, "fd20:ce::254", metadata},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "::1/128", "loopback address"},
    {{}, 128, "::/128", "unspecified address, this host"},
    {{0x01, 0x00}, 64, "100::/64", "discard-only address"},
    {{0x01, 0x00, 0, 0, 0, 0, 0, 1}, 64, "100:0:0:1::/64", "dummy address"},
    {{0x20, 0x01, 0x00, 0x02}, 48, "2001:2::/48", "benchmarking network"},
    {{0x20, 0x01, 0x00, 0x10}, 28, "2001:10::/28", "deprecated ORCHID identifier"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "2001:db8::/32", "documentation network"},
    {{0x3f, 0xff}, 20, "3fff::/20", "documentation network"},
    {{0x5f, 0x00}, 16, "5f00::/16", "segment routing identifier"},
    {{0xfc}, 7, "fc00::/7", "private network"},
    {{0xfe, 0x80}, 10, "fe80::/10", "link-local address"},
    {{0xfe, 0xc0}, 10, "fec0::/10", "deprecated site-local address"},
    {{0xff}, 8, "ff00::/8", "multicast group"},
};

// Where an IPv4 address hides in an IPv6 one. All of these are refused whatever is inside; what is inside is named.
struct Embedding {
  Row<Bytes16> row;
  unsigned offset;
  bool inverted = false;  // Teredo
};
constexpr Embedding embeddings[] = {
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, "::ffff:0:0/96", "IPv4-mapped"}, 12},
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, "::ffff:0:0:0/96", "IPv4-translated"}, 12},
    {{{}, 96, "::/96", "IPv4-compatible"}, 12},
    {{{0x00, 0x64, 0xff, 0x9b}, 96, "64:ff9b::/96", "NAT64"}, 12},
    {{{0x00, 0x64, 0xff, 0x9b, 0, 1}, 48, "64:ff9b:1::/48", "local NAT64"}, 12},
    {{{0x20, 0x01, 0, 0}, 32, "2001::/32", "Teredo"}, 12, true},
    {{{0x20, 0x02}, 16, "2002::/16", "6to4"}, 2},
};

constexpr Row<Bytes16> protocols = {{0x20, 0x01}, 23, "2001::/23", "address of IETF protocols"};
constexpr Row<Bytes16> global_unicast = {{0x20}, 3, "2000::/3", "global unicast"};

template <class Bytes>
bool holds(const Row<Bytes>& row, const Bytes& address) {
  const std::size_t whole = row.length / 8;
  if (!std::equal(address.begin(), address.begin() + whole, row.prefix.begin())) return false;
  const unsigned rest = row.length % 8;
  return rest == 0 || ((address[whole] ^ row.prefix[whole]) >> (8 - rest)) == 0;
}

template <class Bytes>
const Row<Bytes>* row_of(std::span<const Row<Bytes>> rows, const Bytes& address) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return holds(row, address); });
  return found == rows.end() ? nullptr : &*found;
}

template <class Bytes>
std::string in_words(const Row<Bytes>& row) {
  return row.kind == metadata ? std::string{metadata} : fmt::format("{} ({})", row.kind, row.network);
}

std::string why_not(const Bytes4& address) {
  const auto* row = row_of<Bytes4>(rows4, address);
  return row ? in_words(*row) : std::string{};
}

Bytes4 embedded(const Embedding& embedding, const Bytes16& address) {
  Bytes4 inside;
  std::copy_n(address.begin() + embedding.offset, 4, inside.begin());
  if (embedding.inverted)
    for (unsigned char& byte : inside) byte = static_cast<unsigned char>(~byte);
  return inside;
}

std::string why_not(const Embedding& embedding, const Bytes16& address) {
  const auto* row = row_of<Bytes4>(rows4, embedded(embedding, address));
  if (!row) return fmt::format("{} address ({})", embedding.row.kind, embedding.row.network);
  return fmt::format("{} {} ({} of {})", embedding.row.kind, row->kind, embedding.row.network, row->network);
}

// ISATAP (RFC 5214) puts ::[02]00:5efe:IPv4 behind any prefix, so it can look global.
std::string why_not_isatap(const Bytes16& address) {
  constexpr unsigned char mark[] = {0x00, 0x5e, 0xfe};
  if ((address[8] & 0xfd) != 0 || !std::equal(std::begin(mark), std::end(mark), address.begin() + 9)) return {};
  Bytes4 inside;
  std::copy_n(address.begin() + 12, 4, inside.begin());
  const auto* row = row_of<Bytes4>(rows4, inside);
  return row ? fmt::format("ISATAP {} ({})", row->kind, row->network) : std::string{};
}

std::string why_not(const Bytes16& address) {
  if (const auto* row = row_of<Bytes16>(rows6, address)) return in_words(*row);
  for (const Embedding& embedding : embeddings)
    if (holds(embedding.row, address)) return why_not(embedding, address);
  if (holds(protocols, address)) return in_words(protocols);
  if (!holds(global_unicast, address)) return "address outside global unicast (2000::/3)";
  return why_not_isatap(address);
}

template <class Bytes>
Bytes bytes_of(const void* address) {
  Bytes bytes;
  std::memcpy(bytes.data(), address, bytes.size());
  return bytes;
}

}  // namespace

std::string why_not_public(const sockaddr& address) {
  if (address.sa_family == AF_INET)
    return why_not(bytes_of<Bytes4>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr));
  if (address.sa_family == AF_INET6)
    return why_not(bytes_of<Bytes16>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr));
  return "address of an unknown family";
}

std::string why_not_public(std::string_view literal) {
  const std::string text{literal};
  Bytes4 four;
  if (inet_pton(AF_INET, text.c_str(), four.data()) == 1) return why_not(four);
  Bytes16 six;
  if (inet_pton(AF_INET6, text.c_str(), six.data()) == 1) return why_not(six);
  return {};
}

}  // namespace plugvet
