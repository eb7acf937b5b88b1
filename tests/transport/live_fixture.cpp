#include "tests/transport/live_fixture.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace plugvet::tests {
namespace {

struct Scratch {
  std::string path;
  Scratch() {
    path = (std::filesystem::temp_directory_path() / "plugvet-test-XXXXXX").string();
    if (!mkdtemp(path.data())) throw std::runtime_error("no scratch folder");
    std::ofstream{path + "/ca.pem"} << rig::ca_pem();
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

}  // namespace

const std::string& scratch_folder() {
  static const Scratch scratch;
  return scratch.path;
}

const std::string& ca_file() {
  static const std::string path = scratch_folder() + "/ca.pem";
  return path;
}

LiveOptions open_options() {
  LiveOptions options;
  options.allow_private = true;
  options.ca_file = ca_file();
  options.user_agent = "plugvet-test/1";
  return options;
}

std::shared_ptr<Transport> open_transport(LiveOptions options) {
  auto transport = make_live_transport(std::move(options));
  BOOST_REQUIRE_MESSAGE(transport.value() != nullptr, (transport ? "" : transport.problem()->what));
  return *transport;
}

ResolveEntry resolve(std::string name, std::uint16_t port, const rig::HostileServer& server) {
  return {std::move(name), port, "127.0.0.1", server.port()};
}

FetchLimits quick(milliseconds deadline) {
  FetchLimits limits;
  limits.deadline = deadline;
  limits.name = limits.connect = limits.tls = deadline;
  return limits;
}

FetchOrder order(std::string url, FetchLimits limits) {
  FetchOrder made;
  made.artefact = Artefact::manifest;
  made.request.url = std::move(url);
  made.limits = limits;
  return made;
}

Fetch get(std::string url, FetchLimits limits) {
  return open_transport()->fetch(order(std::move(url), limits));
}

std::string id_of(const Fetch& fetch) {
  if (fetch.problem) return fetch.problem->id;
  return fetch.response() ? std::to_string(fetch.response()->status) : "nothing";
}

std::string what_of(const Fetch& fetch) {
  return fetch.problem ? fetch.problem->what : std::string{};
}

bool says(const Fetch& fetch, std::string_view part) {
  const bool found = what_of(fetch).find(part) != std::string::npos;
  if (!found) BOOST_TEST_MESSAGE("it says: " << id_of(fetch) << ": " << what_of(fetch));
  return found;
}

}  // namespace plugvet::tests
