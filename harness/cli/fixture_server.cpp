#include "harness/cli/fixture_server.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

Problem unknown(const Given& given, std::string_view what, std::span<const std::string> known) {
  const std::string near = nearest(given.value, std::vector<std::string_view>{known.begin(), known.end()});
  return usage_problem(
      fmt::format("{}: there is no {} {}; {}", given.where, what, printable(given.value),
                  near.empty() ? "`plugvet serve-fixture --list` shows them all." : "did you mean " + near + "?"));
}

Result<const fixtures::Fault*> fault_named(const Given& given) {
  std::vector<std::string> names;
  for (const fixtures::Fault& fault : fixtures::all_faults()) {
    if (fault.name == given.value) return &fault;
    names.push_back(fault.name);
  }
  return unknown(given, "fault", names);
}

}  // namespace

Result<std::shared_ptr<fixtures::Server>> serve_fixture(const Given& plugin, const Given* fault, std::uint16_t port) {
  fixtures::ServerOptions options;
  const std::vector<std::string> plugins = fixtures::plugin_names();
  if (std::ranges::find(plugins, plugin.value) == plugins.end()) return unknown(plugin, "built-in plugin", plugins);
  options.plugin = plugin.value;
  options.port = port;
  if (fault) {
    const auto found = fault_named(*fault);
    if (!found) return *found.problem();
    if (!(*found)->certificate.empty() || !(*found)->tls_maximum.empty())
      return usage_problem(
          fmt::format("{}: {} needs a certificate; only the tests serve it.", fault->where, fault->value));
    options.fault = *found;
    options.plugin = (*found)->plugin;
  }
  try {
    return std::make_shared<fixtures::Server>(options);
  } catch (const std::exception& error) {
    return usage_problem(fmt::format("port {} cannot be served: {}", port, printable(error.what())));
  }
}

}  // namespace plugvet::cli
