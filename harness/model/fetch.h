#pragma once
#include <optional>
#include <string>
#include <vector>

#include "harness/model/artefact.h"
#include "harness/model/exchange.h"

namespace plugvet {

/// One attempt to get something: the exchange, and those that redirects led to, in order.
struct Fetch {
  Artefact artefact = Artefact::submission;
  Location named_by;           ///< where its URL is written: manifest#/logo_url; the submission itself for the manifest
  std::vector<Exchange> hops;  ///< at least one
  std::optional<Problem>
      problem;  ///< of the last hop, or of following on: too many redirects, a circle, a bad Location
  std::chrono::milliseconds took{};  ///< the whole chain, from the first name look-up to the last byte

  /// The last response, whatever its status; null when the last hop gave none.
  const Response* response() const { return !problem && hops.back().response ? &*hops.back().response : nullptr; }
  const std::string& requested_url() const { return hops.front().request.url; }
  const std::string& final_url() const { return hops.back().request.url; }
  /// The exchanges that led to another URL, in order. One that asked to be repeated later (Retry-After) is none of them.
  std::vector<const Exchange*> redirects() const;
};

/// Everything that was fetched, in a fixed order: manifest, api, logo, legal page. Checks of the lower rungs (name,
/// address, connection, TLS) judge all of them alike.
struct Fetches {
  std::vector<Fetch> all;
  const Fetch* of(Artefact artefact) const;
};

}  // namespace plugvet
