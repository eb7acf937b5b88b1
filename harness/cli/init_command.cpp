#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "harness/cli/commands.h"
#include "harness/cli/configuration.h"
#include "harness/cli/console.h"
#include "harness/cli/layout.h"
#include "harness/support/file.h"

namespace plugvet::cli {
namespace {

std::string comment(std::string_view text) {
  std::string lines = "# ";
  for (const char c : wrapped(text, 0, 98)) {
    lines += c;
    if (c == '\n') lines += "# ";
  }
  return lines + "\n";
}

/// Every option, commented out with its default, so that the file changes nothing until a person does.
std::string sample_configuration() {
  std::string text =
      "# plugvet.yaml: options of `plugvet review` in this folder. The command line wins over it.\n"
      "# Remove the # in front of what you want to set. Paths are relative to the current folder.\n";
  for (const Option& option : command_named("review")->options)
    if (!option.sample.empty())
      text += fmt::format("\n{}# {}: {}\n", comment(option.about), member_name(option), option.sample);
  return text;
}

constexpr std::string_view sample_waivers =
    "# plugvet-waivers.yaml: findings that were seen and accepted. Each needs a reason and a last day, so that nobody\n"
    "# forgets it; after that day the finding counts again. `pointer` is the place in the document as reports show "
    "it;\n"
    "# without it the waiver holds for every place. A waiver that accepts nothing is named in the reports.\n"
    "waivers: []\n"
    "#  - check: manifest/name-length\n"
    "#    pointer: /name_for_human\n"
    "#    reason: The name is a registered trade mark; agreed with the store's review on 2026-01-15.\n"
    "#    expires: 2026-12-31\n";

constexpr std::string_view sample_credentials =
    "# plugvet-credentials.yaml: what `plugvet review --live --credentials plugvet-credentials.yaml` signs in with. Keep\n"
    "# it to yourself (chmod 600) and out of version control; use accounts that exist for tests only. Nothing of it is\n"
    "# ever in a report or a cassette, and it is sent nowhere but where it belongs. Instead of the file, the variable\n"
    "# PLUGVET_CREDENTIALS may hold the same text. Remove the # in front of what the plugin needs.\n"
    "\n"
    "# For service_http, user_http and API keys: the token (for basic: user:password), and that of another user.\n"
    "# token: ...\n"
    "# other_token: ...\n"
    "\n"
    "# For oauth: the client that the chat platform is registered as, and the id that the platform gave the plugin, of\n"
    "# which the redirect_uri is made. redirect_uri stands in its place where the plugin knows another one;\n"
    "# with --interactive it is of this machine, such as http://127.0.0.1:8765/oauth/callback.\n"
    "# oauth:\n"
    "#   client_id: ...\n"
    "#   client_secret: ...\n"
    "#   plugin_id: plugin-0f1e2d3c-...\n"
    "#   # Only for GPT Actions, where neither manifest nor API description says it:\n"
    "#   authorization_endpoint: https://example.com/authorize\n"
    "#   token_endpoint: https://example.com/token\n"
    "#   scope: todos\n"
    "#   content_type: application/x-www-form-urlencoded\n"
    "#   client_authentication: body          # or header\n"
    "#   # For attempts that need them: how long a code is valid, in seconds, and a second client.\n"
    "#   code_lifetime: 60\n"
    "#   other_client: {client_id: ..., client_secret: ...}\n"
    "\n"
    "# What goes into the login page, by the names of its fields. origins: other hosts that may be told, such as an\n"
    "# identity provider's. consent: the button that agrees, if plugvet does not find it. other_login: a second account,\n"
    "# which must not see what belongs to the first. cookies: those of a browser that is signed in already, where a login\n"
    "# page works with scripts only.\n"
    "# login:\n"
    "#   fields: {username: ..., password: ...}\n"
    "#   origins: [https://login.example.com]\n"
    "#   consent: Allow\n"
    "#   cookies: {session: ...}\n"
    "# other_login:\n"
    "#   fields: {username: ..., password: ...}\n";

/// The problem that the file is there already is no mistake: it is left as it is.
Result<Exit> write_new(std::string_view name, std::string_view content, Readers readers = Readers::everybody) {
  const std::string path{name};
  // Created first, exclusively: what somebody else writes meanwhile is never replaced.
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                          readers == Readers::owner ? 0600 : 0644);
  if (file < 0 && errno == EEXIST) {
    say(fmt::format("{} is already there; it was left as it is", name));
    return Exit::approved;
  }
  if (file < 0)
    return usage_problem(fmt::format("{} cannot be written: {}.", name, std::generic_category().message(errno)));
  ::close(file);
  if (const auto written = write_file(path, content, readers); !written) {
    ::unlink(path.c_str());
    return usage_problem(Given{path, "init"}, *written.problem());
  }
  return printed(fmt::format("wrote {}\n", name));
}

}  // namespace

Result<Exit> init_command(const Arguments&, const Parts&) {
  const auto configuration = write_new(default_config, sample_configuration());
  if (!configuration) return configuration;
  const auto waivers = write_new(default_waivers, sample_waivers);
  if (!waivers) return waivers;
  return write_new("plugvet-credentials.yaml", sample_credentials, Readers::owner);
}

}  // namespace plugvet::cli
