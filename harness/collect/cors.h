#pragma once
#include <future>
#include <string>

#include "harness/model/evidence.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// A preflight and a request on their way.
struct PendingCors {
  Artefact artefact;
  std::future<Fetch> preflight, actual;
  CorsProbe get();
};

/// Asks as a browser with the chat platform open would ask.
PendingCors start_cors(Transport& transport, Artefact artefact, const std::string& url, const FetchLimits& limits);

}  // namespace plugvet
