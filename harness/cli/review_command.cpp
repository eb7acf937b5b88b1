#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/cli/commands.h"
#include "harness/cli/configuration.h"
#include "harness/cli/fixture_server.h"
#include "harness/cli/interruption.h"
#include "harness/cli/review_options.h"
#include "harness/cli/review_run.h"
#include "harness/process/sandbox.h"
#include "harness/support/text.h"
#include "harness/transport/cassette.h"
#include "harness/transport/live.h"

namespace plugvet::cli {
namespace {

bool needs_the_network(const ReviewOptions& options) {
  return std::ranges::any_of(options.assignments,
                             [](const Assignment& assignment) { return !assignment.submission.is_on_disk(); });
}

LiveOptions live_options(const ReviewOptions& options) {
  LiveOptions live;
  live.allow_private = options.allow_private;
  for (const Assignment& assignment : options.assignments)
    if (assignment.submission.is_loopback()) live.loopback_origins.push_back(assignment.submission.url->origin());
  live.resolve = options.resolve;
  live.proxies = options.proxies;
  live.ca_file = options.ca_file;
  live.user_agent = fmt::format("plugvet/{} (+https://plugvet.dev)", version);
  // Politeness is for the hosts of others: a plugin on loopback is asked for all that a review wants at once.
  const bool is_all_loopback = std::ranges::all_of(options.assignments, [](const Assignment& assignment) {
    return assignment.submission.is_on_disk() || assignment.submission.is_loopback();
  });
  if (is_all_loopback) live.per_host_at_once = 6;  // small servers have eight threads
  live.per_host_per_second = options.rate;
  live.retry_after_cap =
      std::min(live.retry_after_cap, std::chrono::duration_cast<std::chrono::seconds>(options.deadline / 2));
  return live;
}

/// Of those that the submissions themselves are fetched through.
std::optional<Problem> first_unreachable_proxy(const ReviewOptions& options) {
  std::set<std::string> tried;
  for (const Assignment& assignment : options.assignments) {
    if (!assignment.submission.url) continue;
    const Proxy* proxy = options.proxies.proxy_for(*assignment.submission.url);
    if (!proxy || !tried.insert(proxy->url()).second) continue;
    if (const auto problem = why_unreachable(*proxy, options.ca_file)) return usage_problem(problem->what);
  }
  return std::nullopt;
}

/// The one connector of the whole run, and the recorder around it when there is one.
struct Connection {
  std::shared_ptr<Transport> transport;
  std::shared_ptr<RecordingTransport> recorder;
};

Result<Connection> make_connection(const ReviewOptions& options) {
  Connection connection;
  if (!needs_the_network(options)) return connection;
  if (!options.quiet && !system_calls_can_be_filtered())
    say("this system does not filter system calls (seccomp); logos and pages are read with limits on resources alone");
  if (options.replay) {
    connection.transport = options.replay;
    return connection;
  }
  if (auto problem = first_unreachable_proxy(options)) return *problem;
  auto transport = make_live_transport(live_options(options));
  if (!transport) return usage_problem({"", "--ca-file"}, *transport.problem());
  connection.transport = std::move(*transport);
  if (options.record) {
    connection.recorder = std::make_shared<RecordingTransport>(connection.transport, options.secrets, options.seed);
    connection.transport = connection.recorder;
  }
  return connection;
}

Exit save_cassette(const ReviewOptions& options, const Connection& connection) {
  if (!options.record) return Exit::approved;
  if (!connection.recorder) {
    say("--record: nothing was fetched, so no cassette was written");
    return Exit::approved;
  }
  const auto saved = connection.recorder->save(*options.record);
  if (saved) return Exit::approved;
  say(fmt::format("--record {}: {}", options.record->native(), saved.problem()->what));
  return Exit::usage;
}

/// "acme.com: rejected by openai-plugin-v1: 3 errors, 1 warning, 0 notes"
void say_verdicts(const Json& documents) {
  for (const Json& document : documents) {
    const Json& counts = document.at("counts");
    const auto count = [&](const char* name) { return counted(counts.at(name).get<std::size_t>(), name); };
    say(fmt::format("{}: {} ({}): {}, {}, {}", document.at("submission").at("source").get<std::string>(),
                    document.at("verdict").get<std::string>(), document.at("profile").get<std::string>(),
                    count("error"), count("warning"), count("note")));
  }
}

Exit report(const ReviewOptions& options, const ReviewRun& run) {
  if (run.documents->empty()) {
    say("no review was finished, so no report was written");
    return run.exit;
  }
  const bool says_nothing = std::ranges::none_of(options.outputs, &Output::is_standard_output);
  if (says_nothing && !options.quiet) say_verdicts(*run.documents);
  const RenderOptions rendering{false, options.quiet, options.verbose};
  const Exit written =
      write_outputs(*run.documents, options.outputs, rendering, wants_color(options.color), !options.quiet);
  return worse(run.exit, written);
}

Exit after_interruption(const ReviewOptions& options, const ReviewRun& run) {
  say(fmt::format("interrupted: {} of {} submissions were reviewed", run.finished, options.assignments.size()));
  const auto exit = static_cast<Exit>(128 + interruption());
  // Busy workers still use what a return would destroy.
  if (run.workers_are_busy) std::_Exit(static_cast<int>(exit));
  return exit;
}

Result<Exit> review(const ReviewOptions& options) {
  const auto moment = moment_of_reviews();
  if (!moment) return *moment.problem();
  const auto connection = make_connection(options);
  if (!connection) return *connection.problem();
  if (!options.quiet)
    for (const std::string& remark : options.remarks) say(remark);

  watch_for_interruption();
  Progress progress{options.quiet || options.interactive ? When::never : options.progress};
  const ReviewRun run = run_reviews(options, connection->transport, *moment, progress);
  Exit exit = report(options, run);
  // The process ends next: taking the documents of hundreds of reviews apart would take longer than judging them.
  static const auto* const kept = new std::shared_ptr<const Json>{run.documents};
  static_cast<void>(kept);
  exit = worse(exit, save_cassette(options, *connection));
  return interruption() && run.finished < options.assignments.size() ? after_interruption(options, run) : exit;
}

/// Why there is nothing to describe: the first artefact that could not be had.
std::string obstacle(const Json& document) {
  for (const Json& artefact : document.at("submission").at("artefacts"))
    if (const Json& problem = artefact.at("problem"); problem.is_object())
      return fmt::format("{}: {}", artefact.at("location").get<std::string>(), problem.at("what").get<std::string>());
  return document.at("submission").at("source").get<std::string>() + ": there is no OpenAPI 3 document to describe.";
}

std::string described(const Json& functions) {
  const Json& cost = functions.at("cost");
  return fmt::format("{}\n// {}, {}, about {} of every conversation\n", functions.at("text").get<std::string>(),
                     counted(functions.at("list").size(), "function"),
                     counted(cost.at("characters").get<std::size_t>(), "character"),
                     counted(cost.at("tokens").get<std::size_t>(), "token"));
}

Result<Exit> describe(const ReviewOptions& options) {
  const auto moment = moment_of_reviews();
  if (!moment) return *moment.problem();
  const auto connection = make_connection(options);
  if (!connection) return *connection.problem();
  watch_for_interruption();
  Progress progress{options.progress};
  const ReviewRun run = run_reviews(options, connection->transport, *moment, progress);
  Exit exit = run.exit == Exit::bug ? Exit::bug : Exit::approved;
  std::string text;
  for (const Json& document : *run.documents) {
    if (const Json& functions = document.at("functions"); functions.is_object()) {
      text += (text.empty() ? "" : "\n") + described(functions);
    } else {
      say(obstacle(document));
      exit = worse(exit, Exit::incomplete);
    }
  }
  const auto written = printed(text);
  return written ? Result<Exit>{worse(exit, *written)} : written;
}

}  // namespace

Result<Exit> describe_command(Arguments arguments, const Parts& parts) {
  auto options = review_options(arguments, parts);
  if (!options) return *options.problem();
  // No check is run, and only what the text is made of is collected.
  for (Assignment& assignment : options->assignments) {
    std::vector<Plan> plans = *assignment.plans;
    for (Plan& plan : plans) {
      plan.checks.clear();
      plan.needs = Needs{Needs::manifest} | Needs::api;
    }
    assignment.plans = std::make_shared<const std::vector<Plan>>(std::move(plans));
  }
  return describe(*options);
}

Result<Exit> review_command(Arguments arguments, const Parts& parts) {
  if (auto problem = add_configuration(*command_named("review"), arguments)) return *problem;
  std::shared_ptr<fixtures::Server> server;
  if (const Given* fixture = arguments.one("fixture")) {
    auto served = serve_fixture(*fixture, nullptr, 0);
    if (!served) return *served.problem();
    server = std::move(*served);
    arguments.operands.push_back(server->origin());
  }
  const auto options = review_options(arguments, parts);
  if (!options) return *options.problem();
  return review(*options);
}

}  // namespace plugvet::cli
