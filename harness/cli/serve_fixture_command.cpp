#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "harness/cli/commands.h"
#include "harness/cli/console.h"
#include "harness/cli/fixture_server.h"
#include "harness/cli/interruption.h"
#include "harness/cli/values.h"
#include "harness/support/file.h"

namespace plugvet::cli {
namespace {

std::string catalogue_of_fixtures() {
  std::string text = "Plugins\n";
  for (const std::string& name : fixtures::plugin_names()) text += fmt::format("  {}\n", name);
  text += "\nFaults\n";
  std::size_t longest = 0;
  for (const fixtures::Fault& fault : fixtures::all_faults()) longest = std::max(longest, fault.name.size());
  for (const fixtures::Fault& fault : fixtures::all_faults())
    text += fmt::format("  {:<{}}  {}\n", fault.name, longest, fault.says);
  return text;
}

/// The credentials of a plugin that has accounts, to where only their reader may see them.
std::optional<Problem> write_credentials(const Given& plugin, const Given& file) {
  const std::string credentials = fixtures::credentials_of(plugin.value);
  if (credentials.empty()) return usage_problem(fmt::format("--credentials: nobody has to sign in at {}.", plugin.value));
  const auto written = write_file(file.value, credentials, Readers::owner);
  return written ? std::nullopt : std::optional{*written.problem()};
}

}  // namespace

Result<Exit> serve_fixture_command(const Arguments& arguments, const Parts&) {
  if (arguments.has("list")) return printed(catalogue_of_fixtures());
  unsigned port = 0;
  if (const Given* given = arguments.one("port")) {
    const auto number = whole_number_of(*given, 1, 65535);
    if (!number) return *number.problem();
    port = *number;
  }
  const Given plugin{arguments.operands.empty() ? "todo" : arguments.operands.front(), "serve-fixture"};
  const auto server = serve_fixture(plugin, arguments.one("fault"), static_cast<std::uint16_t>(port));
  if (!server) return *server.problem();
  if (const Given* file = arguments.one("credentials"))
    if (auto problem = write_credentials(plugin, *file)) return *problem;
  watch_for_interruption();
  const auto said = printed((*server)->origin() + "\n");
  if (!said) return *said.problem();
  if (is_capable_terminal(STDERR_FILENO))
    say("serving until Ctrl-C; review it with `plugvet review " + (*server)->origin() + "`");
  while (!interruption()) std::this_thread::sleep_for(std::chrono::milliseconds{50});
  return Exit::approved;
}

}  // namespace plugvet::cli
