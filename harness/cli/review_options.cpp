#include "harness/cli/review_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "fixtures/server.h"
#include "harness/cli/baselines.h"
#include "harness/cli/choose_profile.h"
#include "harness/cli/configuration.h"
#include "harness/cli/inputs.h"
#include "harness/cli/proxy_choice.h"
#include "harness/cli/values.h"
#include "harness/collect/collect.h"
#include "harness/engine/profiles.h"
#include "harness/support/file.h"
#include "harness/support/side_by_side.h"
#include "harness/support/text.h"
#include "harness/transport/cassette.h"
#include "harness/transport/trust_store.h"

namespace plugvet::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* credentials_variable = "PLUGVET_CREDENTIALS";
constexpr std::size_t largest_waivers = 4u << 20;

/// Reads the options one after the other and keeps the first mistake; after it nothing is read.
class Reader {
 public:
  Reader(const Arguments& arguments, const Parts& parts)
      : arguments_{arguments},
        parts_{parts},
        library_{parts.profiles, parts.checks},
        checks_{parts.checks.begin(), parts.checks.end()} {}

  Result<ReviewOptions> read() {
    options_.remarks = arguments_.remarks;
    read_switches();
    read_numbers();
    read_connection();
    read_selection();
    read_outputs();
    read_waivers_file();
    read_submissions();
    read_credentials_given();
    read_seed();
    read_baseline();
    read_environment();
    keep_inputs();
    if (mistake_) return *mistake_;
    return std::move(options_);
  }

 private:
  void complain(Problem problem) {
    if (!mistake_) mistake_ = std::move(problem);
  }

  /// Puts the meaning of an option that was given where it belongs.
  template <class T, class Meaning>
  void take(std::string_view name, T& place, Meaning meaning) {
    const Given* given = arguments_.one(name);
    if (!given || mistake_) return;
    auto value = meaning(*given);
    if (value)
      place = std::move(*value);
    else
      complain(*value.problem());
  }

  void read_switches() {
    options_.offline = arguments_.is_on("offline");
    options_.allow_private = arguments_.is_on("allow-private");
    options_.live = arguments_.is_on("live");
    options_.allow_writes = arguments_.is_on("allow-writes");
    options_.interactive = arguments_.is_on("interactive");
    if (const Given* writes = arguments_.one("allow-writes"); options_.allow_writes && writes->was_found)
      complain(usage_problem(fmt::format("{}: {} was not named by you; say --allow-writes or --config {}.", writes->where,
                                         default_config, default_config)));
    for (const std::string_view name : {"allow-writes", "interactive"})
      if (arguments_.is_on(name) && !options_.live)
        complain(usage_problem(fmt::format("--{} is of use with --live only.", name)));
    options_.quiet = arguments_.is_on("quiet");
    options_.verbose = arguments_.is_on("verbose");
    if (options_.quiet && options_.verbose) complain(usage_problem("--quiet and --verbose exclude each other."));
    take("progress", options_.progress, when_of);
    take("color", options_.color, when_of);
  }

  void read_numbers() {
    take("fail-on", options_.fail_on, severity_of);
    take("deadline", options_.deadline, duration_of);
    take("rate", options_.rate, rate_of);
    take("max-requests", options_.max_requests, [](const Given& given) -> Result<std::optional<std::size_t>> {
      const auto number = whole_number_of(given, 0, 10'000'000);
      return number ? Result<std::optional<std::size_t>>{*number} : *number.problem();
    });
    take("jobs", options_.jobs, [](const Given& given) { return whole_number_of(given, 1, 256); });
  }

  void read_connection() {
    for (const Given& given : arguments_.all("resolve")) {
      auto entry = resolve_entry_of(given);
      if (!entry) return complain(*entry.problem());
      options_.resolve.push_back(std::move(*entry));
    }
    if (const Given* file = arguments_.one("ca-file")) {
      if (const auto trust = TrustStore::load(file->value); !trust)
        return complain(usage_problem(*file, *trust.problem()));
      options_.ca_file = file->value;
      inputs_.push_back({file->value, "the CA file"});
    }
    if (auto proxies = asked_proxies(arguments_))
      asked_proxies_ = std::move(*proxies);
    else
      return complain(*proxies.problem());
    const Given *record = arguments_.one("record"), *replay = arguments_.one("replay");
    if (record && replay)
      return complain(
          usage_problem("--record and --replay exclude each other: a replay sends nothing that could be kept."));
    if (record && options_.offline)
      return complain(usage_problem("--record and --offline exclude each other: offline there is nothing to keep."));
    if (replay) {
      auto transport = make_replaying_transport(replay->value, options_.secrets);
      if (!transport) return complain(usage_problem(*replay, *transport.problem()));
      options_.replay = std::move(*transport);
      inputs_.push_back({replay->value, "the cassette of --replay"});
    }
    if (record) {
      if (const auto problem = why_not_writable(record->value)) complain(usage_problem(*record, *problem));
      options_.record = record->value;
    }
  }

  void read_selection() {
    for (const Given& given : arguments_.all("profile")) {
      auto profile = library_.load(given.value);
      if (!profile) return complain(usage_problem(given, *profile.problem()));
      if (profile->runs_programs && given.was_found) return complain(unasked_program(given));
      for (const std::string& file : profile->files) inputs_.push_back({file, "read for the profile " + profile->name});
      named_profiles_.push_back(std::move(*profile));
    }
    for (const Profile& profile : named_profiles_)
      for (const auto& check : profile.custom_checks) checks_.push_back(check.get());
    for (const std::string_view name : {"only", "skip"}) {
      for (const Given& given : arguments_.all(name)) {
        if (auto problem = why_no_check(given, checks_)) return complain(std::move(*problem));
        (name == "only" ? only_ : skip_).push_back(given.value);
      }
    }
    std::vector<Plan> plans;
    for (const Profile& profile : named_profiles_)
      if (!add_plan(profile, plans)) return;
    if (!plans.empty()) named_plans_ = std::make_shared<const std::vector<Plan>>(std::move(plans));
  }

  /// Whoever wrote the current folder, perhaps the submission's author, must not make plugvet start a program.
  static Problem unasked_program(const Given& given) {
    return usage_problem(
        fmt::format("{}: the profile {} runs a program, and {} was not named by you; say --profile {} or --config {}.",
                    given.where, printable(given.value), default_config, printable(given.value), default_config));
  }

  bool add_plan(const Profile& profile, std::vector<Plan>& plans) {
    auto plan = make_plan(profile, parts_.checks, only_, skip_);
    if (plan)
      plans.push_back(std::move(*plan));
    else
      complain(usage_problem(plan.problem()->what));
    return plan.value() != nullptr;
  }

  void read_outputs() {
    auto outputs = outputs_of(arguments_.all("report"), parts_.reports);
    if (!outputs) return complain(*outputs.problem());
    options_.outputs = std::move(*outputs);
    if (!options_.record) return;
    for (const Output& output : options_.outputs)
      if (!output.is_standard_output() && is_same_file(output.path, *options_.record))
        complain(usage_problem(
            fmt::format("{}: {} is also the cassette of --record.", output.where, printable(output.path.native()))));
  }

  void read_waivers_file() {
    const auto given = file_or_default(arguments_, "waivers", default_waivers);
    if (!given) return;
    if (!arguments_.has("waivers"))
      options_.remarks.push_back(fmt::format("using ./{} (--waivers none ignores it)", default_waivers));
    inputs_.push_back({given->value, "the file of waivers"});
    auto text = read_file(given->value, largest_waivers);
    if (!text) return complain(usage_problem(*given, *text.problem()));
    const auto document = parse_yaml(std::move(*text), given->value);
    if (!document) return complain(usage_problem(*given, *document.problem()));
    std::vector<std::string_view> ids;
    for (const Check* check : checks_) ids.push_back(check->info.id);
    auto waivers = read_waivers(*document, given->value, ids);
    if (!waivers) return complain(usage_problem(*given, *waivers.problem()));
    options_.waivers = std::move(*waivers);
  }

  void read_submissions() {
    if (mistake_) return;
    if (arguments_.operands.empty())
      return complain(usage_problem(
          "review needs a SUBMISSION: a URL, a host, a folder, an ai-plugin.json or an OpenAPI document."));
    std::vector<std::optional<Result<Submission>>> identified(arguments_.operands.size());
    for_each_side_by_side(identified.size(), [&](std::size_t i) { identified[i] = identify_submission(arguments_.operands[i]); });
    for (std::size_t i = 0; i < identified.size(); ++i) {
      const std::string& source = arguments_.operands[i];
      Result<Submission>& submission = *identified[i];
      if (!submission) return complain(usage_problem({source, printable(source)}, *submission.problem()));
      if (options_.offline && !options_.replay && !submission->is_on_disk())
        return complain(usage_problem(
            fmt::format("{} would have to be fetched, and --offline sends nothing; give a folder, or --replay.",
                        printable(source))));
      Assignment assignment{std::move(*submission), {}, named_plans_};
      if (!assignment.plans) assignment.plans = plans_for(assignment.submission);
      must_be_reviewable(assignment);
      if (mistake_) return;
      options_.assignments.push_back(std::move(assignment));
    }
    for (auto& [name, use] : chosen_)
      if (!use.because.empty()) options_.remarks.push_back(remark(name, use));
  }

  /// Every submission has the baseline that it is in, or the only one that there is.
  void read_baseline() {
    const Given* given = arguments_.one("baseline");
    if (!given || mistake_) return;
    inputs_.push_back({given->value, "the review of --baseline"});
    const auto reviews = read_baselines(*given);
    if (!reviews) return complain(*reviews.problem());
    for (Assignment& assignment : options_.assignments) {
      auto baseline = baseline_for(assignment.submission, *reviews, options_.assignments.size(), *given);
      if (!baseline) return complain(*baseline.problem());
      assignment.baseline = std::move(*baseline);
    }
  }

  void must_be_reviewable(const Assignment& assignment) {
    if (!assignment.submission.url) return;
    for (const Plan& plan : *assignment.plans)
      if (auto problem = why_no_manifest_url(*assignment.submission.url, plan.manifest))
        return complain(usage_problem(problem->what));
  }

  /// What is secret comes from a file that nobody else can read or from the environment; arguments are seen by all.
  void read_credentials_given() {
    const Given* file = arguments_.one("credentials");
    const char* variable = std::getenv(credentials_variable);
    const Given* fixture = arguments_.one("fixture");
    std::string text = variable ? variable : fixture ? fixtures::credentials_of(fixture->value) : "";
    if (mistake_ || (!file && text.empty())) return;
    auto credentials = file ? read_credentials_file(file->value) : read_credentials(text, credentials_variable);
    if (!credentials)
      return complain(file ? usage_problem(*file, *credentials.problem()) : usage_problem(credentials.problem()->what));
    if (options_.interactive && options_.replay)
      return complain(usage_problem("--interactive and --replay exclude each other: a replay needs nobody."));
    if (options_.assignments.size() > 1)
      return complain(usage_problem(
          "The credentials are those of one plugin, and several are submitted; review it apart from the others."));
    if (file) inputs_.push_back({file->value, "the file of credentials"});
    options_.credentials = std::make_shared<const Credentials>(std::move(*credentials));
    options_.secrets->give(options_.credentials->secrets());
  }

  /// What was recorded is asked for again with the same values; otherwise nobody is to guess them, unless the same input
  /// has to give the same bytes.
  void read_seed() {
    if (mistake_) return;
    const auto recorded = options_.replay ? options_.replay->recorded_seed() : std::nullopt;
    if (recorded)
      options_.seed = *recorded;
    else if (options_.live && !std::getenv("SOURCE_DATE_EPOCH"))
      options_.seed = std::random_device{}();
    take("seed", options_.seed, [](const Given& given) { return whole_number_of(given, 0, 4'294'967'295u); });
  }

  /// The environment is asked only where something is fetched: what it says of proxies is no mistake for a folder.
  void read_environment() {
    const auto is_fetched = [](const Assignment& assignment) { return assignment.submission.url.has_value(); };
    if (mistake_ || options_.replay || std::ranges::none_of(options_.assignments, is_fetched)) return;
    if (asked_proxies_) {
      options_.proxies = std::move(*asked_proxies_);
      return;
    }
    auto found = proxies_of_environment();
    if (!found) return complain(*found.problem());
    options_.proxies = std::move(*found);
    std::set<std::string> named;
    for (const Assignment& assignment : options_.assignments)
      if (const Url* url = assignment.submission.url ? &*assignment.submission.url : nullptr)
        if (const Proxy* proxy = options_.proxies.proxy_for(*url); proxy && named.insert(proxy->named()).second)
          options_.remarks.push_back(fmt::format("using {} (--no-proxy connects directly)", proxy->named()));
  }

  /// Nothing that is written may replace what was read.
  void keep_inputs() {
    if (mistake_) return;
    if (const auto config = file_or_default(arguments_, "config", default_config))
      inputs_.push_back({config->value, "the configuration file"});
    for (const Output& output : options_.outputs)
      if (!output.is_standard_output()) must_replace_no_input(output.path, output.where);
    if (const Given* record = arguments_.one("record")) must_replace_no_input(record->value, record->where);
  }

  void must_replace_no_input(const fs::path& path, std::string_view where) {
    if (auto problem = why_input_is_lost(path, where, inputs_)) complain(std::move(*problem));
    for (const Assignment& assignment : options_.assignments) {
      // Reading a submission takes time, so it is done only for what may be a part of it.
      if (mistake_ || !lies_within(path, assignment.submission)) continue;
      if (auto problem = why_input_is_lost(path, where, files_read_of(assignment.submission, *assignment.plans)))
        complain(std::move(*problem));
    }
  }

  /// For how many submissions a profile was chosen, and why.
  struct Use {
    std::shared_ptr<const std::vector<Plan>> plans;
    std::string because, first;
    std::size_t count = 0;
  };

  std::shared_ptr<const std::vector<Plan>> plans_for(const Submission& submission) {
    const ChosenProfile choice = choose_profile(submission);
    Use& use = chosen_[choice.name];
    if (use.count++ == 0) {
      use.because = choice.because;
      use.first = submission.source;
      const auto profile = library_.load(choice.name);
      std::vector<Plan> plans;
      if (!profile)
        complain(usage_problem(profile.problem()->what));
      else
        add_plan(*profile, plans);
      use.plans = std::make_shared<const std::vector<Plan>>(std::move(plans));
    }
    return use.plans;
  }

  static std::string remark(std::string_view profile, const Use& use) {
    const std::string which = use.count == 1 ? use.first : fmt::format("{} and {} more", use.first, use.count - 1);
    return fmt::format("{}: judged by the profile {}, because {} (--profile chooses another)", which, profile,
                       use.because);
  }

  const Arguments& arguments_;
  const Parts& parts_;
  ProfileLibrary library_;
  std::vector<const Check*> checks_;  ///< and those of the named profiles
  ReviewOptions options_;
  std::vector<Profile> named_profiles_;
  std::vector<std::string> only_, skip_;
  std::shared_ptr<const std::vector<Plan>> named_plans_;  ///< null: no profile is named
  std::map<std::string_view, Use> chosen_;
  std::vector<Input> inputs_;
  std::optional<ProxyRules> asked_proxies_;
  std::optional<Problem> mistake_;
};

}  // namespace

Result<ReviewOptions> review_options(const Arguments& arguments, const Parts& parts) {
  return Reader{arguments, parts}.read();
}

}  // namespace plugvet::cli
