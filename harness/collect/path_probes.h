#pragma once
#include <future>
#include <vector>

#include "harness/support/url.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// Asks an origin for the paths that no plugin should serve: once each, little of the answer, no redirect followed.
std::vector<std::future<Fetch>> start_path_probes(Transport& transport, const Url& origin);

}  // namespace plugvet
