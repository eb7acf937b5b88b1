#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/support/result.h"
#include "harness/support/url.h"
#include "harness/transport/address.h"
#include "harness/transport/live.h"

namespace plugvet {

/// Which hosts and addresses may be connected: public ones, and what the user opened. Immutable, so that it can be
/// asked from any thread.
class AddressPolicy {
 public:
  explicit AddressPolicy(const LiveOptions& options);

  /// Names that never lead to a public host are refused before any look-up, so that no resolver sees them.
  std::optional<Problem> refuse_name(const Url& url) const;
  /// Ports of other protocols, to which no HTTP request should be sent (the list that browsers block).
  std::optional<Problem> refuse_port(const Url& url) const;
  /// Asked for every address at the moment of connecting.
  std::optional<Problem> refuse_address(const Url& url, const Address& address) const;

 private:
  bool is_loopback_origin(const Url& url) const;
  std::string why_not(const Url& url, const Address& address) const;

  bool allow_private_;
  std::set<std::string> loopback_origins_;
  std::set<std::string> resolved_hosts_;  // the user said where they are
};

}  // namespace plugvet
