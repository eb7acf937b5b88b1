#include "harness/transport/address_policy.h"

#include <fmt/format.h>
#include <ifaddrs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "harness/support/address_guard.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::string_view only_public = "plugvet connects only to public addresses unless --allow-private is given";

// Names that clouds and containers give to their own services, and top-level domains that stay inside a network.
constexpr std::string_view private_names[] = {"metadata.google.internal",   "metadata.goog",
                                              "instance-data.ec2.internal", "host.docker.internal",
                                              "gateway.docker.internal",    "kubernetes.default.svc"};
constexpr std::string_view private_domains[] = {"localhost", "internal", "local",    "localdomain",
                                                "home.arpa", "lan",      "intranet", "corp",
                                                "home",      "onion",    "svc",      "private"};

// https://fetch.spec.whatwg.org/#port-blocking, and the databases that answer to plain text.
constexpr std::array<std::uint16_t, 86> blocked_ports = {
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,    25,   37,   42,   43,   53,
    69,   77,   79,   87,   95,   101,  102,  103,  104,  109,  110,  111,  113,   115,  117,  119,  123,  135,
    137,  139,  143,  161,  179,  389,  427,  465,  512,  513,  514,  515,  526,   530,  531,  532,  540,  548,
    554,  556,  563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723,  2049, 2375, 3659, 4045, 4190,
    5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211};

bool is_private_name(const std::string& host) {
  if (host.find('.') == std::string::npos) return true;
  const auto is_or_is_in = [&](std::string_view domain) { return is_same_or_subdomain(host, domain); };
  if (std::any_of(std::begin(private_names), std::end(private_names), is_or_is_in)) return true;
  if (std::any_of(std::begin(private_domains), std::end(private_domains), is_or_is_in)) return true;
  std::array<char, 256> own{};
  return gethostname(own.data(), own.size() - 1) == 0 && host == to_lower_ascii(own.data());
}

// The addresses of this machine, also public ones: what listens there was not put there for the internet.
bool is_own(const Address& address) {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return false;
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner{list, freeifaddrs};
  for (const ifaddrs* one = list; one; one = one->ifa_next) {
    const auto mine = one->ifa_addr ? Address::of(*one->ifa_addr) : std::nullopt;
    if (mine && mine->is_same_host(address)) return true;
  }
  return false;
}

std::string with_article(const std::string& noun) {
  const bool vowel = noun.starts_with("IPv") || noun.starts_with("ISATAP") ||
                     std::string_view{"aeiou"}.find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

Problem refusal(Rung rung, std::string id, std::string what, const Url& url) {
  return {.rung = rung, .id = std::move(id), .what = std::move(what), .where = url.text(), .position = {}, .blame = {}};
}

}  // namespace

AddressPolicy::AddressPolicy(const LiveOptions& options) : allow_private_{options.allow_private} {
  for (const std::string& origin : options.loopback_origins)
    if (const auto url = Url::parse(origin)) loopback_origins_.insert(url->origin());
  for (const ResolveEntry& entry : options.resolve) resolved_hosts_.insert(to_lower_ascii(entry.host));
}

bool AddressPolicy::is_loopback_origin(const Url& url) const {
  return loopback_origins_.contains(url.origin());
}

std::optional<Problem> AddressPolicy::refuse_name(const Url& url) const {
  if (allow_private_ || url.host_is_address() || is_loopback_origin(url) || resolved_hosts_.contains(url.host()))
    return {};
  if (!is_private_name(url.host())) return {};
  return refusal(Rung::address, "address.not_public",
                 fmt::format("{} is a name that leads nowhere on the public internet; {}.", url.host(), only_public),
                 url);
}

std::optional<Problem> AddressPolicy::refuse_port(const Url& url) const {
  if (allow_private_ || is_loopback_origin(url)) return {};
  if (std::find(blocked_ports.begin(), blocked_ports.end(), url.port()) == blocked_ports.end()) return {};
  return refusal(
      Rung::url, "url.port",
      fmt::format("Port {} belongs to another protocol than HTTP, so plugvet does not connect to it.", url.port()),
      url);
}

std::string AddressPolicy::why_not(const Url& url, const Address& address) const {
  if (is_loopback_origin(url))
    return address.is_loopback() ? "" : "an address that is not loopback, while only that was opened";
  if (allow_private_) return {};
  if (const std::string why = why_not_public(address.get()); !why.empty()) return with_article(why);
  return is_own(address) ? "an address of this machine" : "";
}

std::optional<Problem> AddressPolicy::refuse_address(const Url& url, const Address& address) const {
  const std::string why = why_not(url, address);
  if (why.empty()) return {};
  const std::string what =
      url.host_is_address() ? fmt::format("{} is {}; {}.", address.text(), why, only_public)
                            : fmt::format("{} resolves to {}, {}; {}.", url.host(), address.text(), why, only_public);
  return refusal(Rung::address, "address.not_public", what, url);
}

}  // namespace plugvet
