#pragma once
#include <cstdint>
#include <memory>

#include "fixtures/server.h"
#include "harness/cli/arguments.h"

namespace plugvet::cli {

/// Serves a built-in plugin on loopback. Problems (Blame::user) offer the nearest plugin or fault.
/// `fault` may be null. `port` 0: any free one.
Result<std::shared_ptr<fixtures::Server>> serve_fixture(const Given& plugin, const Given* fault, std::uint16_t port);

}  // namespace plugvet::cli
