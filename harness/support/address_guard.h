#pragma once
#include <string>
#include <string_view>

struct sockaddr;

namespace plugvet {

/// Why an address is not public, in words: "private network (10.0.0.0/8)", "cloud metadata service",
/// "IPv4-mapped loopback (::ffff:0:0/96 of 127.0.0.0/8)"; empty when it is globally reachable unicast.
/// All special-purpose rows of the IANA registries (snapshot date below), multicast, and IPv4 inside IPv6 in every
/// embedding. IPv6 outside 2000::/3 is never public.
std::string why_not_public(const sockaddr& address);
/// The same for a literal ("10.0.0.1", "::1"); empty also when the text is no address.
std::string why_not_public(std::string_view literal);

/// When the registries were read: "2026-…"
extern const std::string_view address_registry_date;

}  // namespace plugvet
