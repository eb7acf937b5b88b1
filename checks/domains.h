#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/evidence.h"

namespace plugvet::checks {

/// An e-mail address in its parts (RFC 5322 addr-spec, without quotes and comments, which no mail program lets people type).
struct MailAddress {
  std::string local, domain;  ///< the domain in ASCII, lower case
};
/// Why a text is no such address: after the member's name, "has a display name". Empty: it is one.
std::string mail_address_defect(std::string_view text);
/// Empty domain: it is none.
MailAddress mail_address_in(std::string_view text);

/// The host that the plugin is published under: the one that the manifest was served from; read from disk, that of its
/// api.url. Empty: there is none.
std::string own_host(const Manifest& manifest);

/// The registrable domain that the plugin is published under: of where the manifest was served from; read from disk, of its
/// api.url. Empty: there is none.
std::string own_domain(const Manifest& manifest);

/// The registrable domains that a manifest names: of its own address, its URLs and its e-mail address, each once.
std::vector<std::string> domains_of(const Manifest& manifest);

}  // namespace plugvet::checks
