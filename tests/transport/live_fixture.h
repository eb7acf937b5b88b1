#pragma once
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "harness/transport/live.h"
#include "tests/rig/hostile_server.h"

namespace plugvet::tests {

using std::chrono::milliseconds;

/// A folder of this process that vanishes with it.
const std::string& scratch_folder();
/// The test CA as a file.
const std::string& ca_file();

/// Options under which servers of the rig can be reached and are trusted.
LiveOptions open_options();
std::shared_ptr<Transport> open_transport(LiveOptions options = open_options());

/// `name`:`port` leads to `server`, through the guard like any address.
ResolveEntry resolve(std::string name, std::uint16_t port, const rig::HostileServer& server);

FetchLimits quick(milliseconds deadline = milliseconds{300});
FetchOrder order(std::string url, FetchLimits limits = quick(milliseconds{5'000}));
/// Fetches with a transport of its own.
Fetch get(std::string url, FetchLimits limits = quick(milliseconds{5'000}));

std::string id_of(const Fetch& fetch);    ///< of the problem; the status when there is none
std::string what_of(const Fetch& fetch);  ///< what the problem says
bool says(const Fetch& fetch, std::string_view part);

/// Milliseconds that `action` takes.
template <class Action>
milliseconds took(Action action) {
  const auto begin = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace plugvet::tests
