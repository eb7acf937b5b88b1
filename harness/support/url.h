#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/support/result.h"

namespace plugvet {

/// An absolute http or https URL, parsed by libcurl's URL interface: the parser that also connects. What a browser
/// would read differently (user info, backslashes, white space, control characters, odd numeric hosts, empty labels,
/// zone ids) is refused, so there is no second reading to disagree with.
class Url {
 public:
  /// Rung::url on refusal; the problem says which part is wrong: url.syntax, url.scheme, url.user_info, url.host,
  /// url.port.
  static Result<Url> parse(std::string_view text);
  /// Resolves a relative reference (a Location header, a relative api.url) against this URL.
  Result<Url> resolve(std::string_view reference) const;

  const std::string& text() const { return text_; }      ///< normalised: lower-case ASCII host, no default port
  const std::string& scheme() const { return scheme_; }  ///< "http" or "https"
  const std::string& host() const {
    return host_;
  }  ///< ASCII (punycode), lower case, no trailing dot; IPv6 without brackets
  std::uint16_t port() const { return port_; }               ///< the default port when none is written
  bool port_is_written() const { return port_is_written_; }  ///< the source spelled a port, even the default one
  const std::string& path() const { return path_; }          ///< begins with '/'
  const std::string& query() const { return query_; }        ///< without '?'
  const std::string& fragment() const { return fragment_; }  ///< without '#'
  std::string origin() const;                                ///< "https://host" or "http://host:8080"
  bool is_https() const { return scheme_ == "https"; }
  bool host_is_address() const { return host_is_address_; }  ///< an IPv4 or IPv6 literal

  friend bool operator==(const Url& a, const Url& b) { return a.text_ == b.text_; }

 private:
  static Result<Url> parse_anew(std::string_view text);

  std::string text_, scheme_, host_, path_, query_, fragment_;
  std::uint16_t port_ = 0;
  bool port_is_written_ = false;
  bool host_is_address_ = false;
};

/// "localhost", "x.localhost", 127.0.0.0/8 and ::1, by spelling alone.
bool is_loopback_host(std::string_view host);

/// The host as people read it: punycode labels decoded to Unicode.
std::string display_host(std::string_view ascii_host);

/// eTLD+1 by the Public Suffix List ("foo.co.uk" for "a.foo.co.uk"); empty for an address, a single label, or a bare
/// public suffix. `listed_only`: also empty when the top-level domain is not on the list.
std::string registrable_domain(std::string_view host, bool listed_only = false);

/// `host` equals `domain` or ends in "." + domain.
bool is_same_or_subdomain(std::string_view host, std::string_view domain);

}  // namespace plugvet
