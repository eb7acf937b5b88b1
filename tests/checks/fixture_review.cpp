#include "tests/checks/fixture_review.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "checks/all.h"
#include "fixtures/server.h"
#include "harness/authorize/authorize.h"
#include "harness/collect/calls.h"
#include "harness/collect/collect.h"
#include "harness/engine/engine.h"
#include "harness/engine/profiles.h"
#include "harness/probe/probe.h"
#include "harness/support/file.h"
#include "harness/support/url.h"
#include "harness/transport/live.h"
#include "tests/rig/certificates.h"
#include "tests/rig/hostile_server.h"

namespace plugvet::tests {
namespace {

namespace fs = std::filesystem;

const std::string served_origin = "https://todo.plugvet.dev";

/// A folder that vanishes with it.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "plugvet-fixture-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.problem()->what);
  return std::move(*result);
}

std::string with(std::string text, std::string_view placeholder, const std::string& value) {
  if (const auto at = text.find(placeholder); at != std::string::npos) text.replace(at, placeholder.size(), value);
  return text;
}

// Everything in a fault that may name a host.
std::string text_of(const fixtures::Fault& fault) {
  std::string text = fault.submission + " " + fault.manifest_text.value_or("");
  for (const auto& json : {fault.manifest_merge, fault.manifest_patch, fault.api_merge})
    if (json) text += " " + json->dump();
  for (const auto& [path, route] : fault.routes)
    for (const auto& [name, value] : route.headers) text += " " + value;
  return text;
}

std::vector<Url> urls_in(const std::string& text) {
  std::vector<Url> urls;
  for (const std::string_view scheme : {"https://", "http://"})
    for (std::size_t at = text.find(scheme); at != std::string::npos; at = text.find(scheme, at + 1)) {
      const std::size_t end = text.find_first_of(" \t\n\"'<>\\", at);
      const auto url = Url::parse(text.substr(at, end == std::string::npos ? end : end - at));
      if (url && !url->host_is_address() && !is_loopback_host(url->host()) && !url->host().ends_with(".invalid"))
        urls.push_back(*url);
    }
  return urls;
}

/// Every domain takes mail, except those whose names say that they do not.
Result<MailRoute> mail_route_of(const std::string& domain) {
  MailRoute route{domain, !domain.ends_with(".invalid"), false, {}};
  if (route.exists && !domain.starts_with("no-mail.")) route.exchangers = {"mx." + domain};
  if (domain.starts_with("null-mx.")) route.exchangers = {"."};
  return route;
}

/// The servers of one review, and a transport that finds them.
class Stage {
 public:
  explicit Stage(const Handed& handed) {
    fixtures::ServerOptions options;
    options.plugin = handed.plugin;
    options.fault = handed.fault;
    if (handed.profile == "local")
      open_locally(options);
    else
      open_publicly(options);
  }

  const std::string& origin() const { return origin_; }
  const std::shared_ptr<Transport>& transport() const { return transport_; }

 private:
  void open_locally(const fixtures::ServerOptions& options) {
    servers_.push_back(std::make_unique<fixtures::Server>(options));
    origin_ = servers_.front()->origin();
    LiveOptions live;
    live.mail_lookup = mail_route_of;
    live.loopback_origins = {origin_};
    transport_ = value_of(make_live_transport(live));
  }

  void open_publicly(fixtures::ServerOptions options) {
    const auto elsewhere = options.fault ? urls_in(options.fault->submission) : std::vector<Url>{};
    origin_ = options.public_origin = elsewhere.empty() ? served_origin : elsewhere.front().origin();
    std::vector<Url> urls = urls_in(origin_);
    if (options.fault)
      for (const Url& url : urls_in(text_of(*options.fault))) urls.push_back(url);
    std::vector<std::string> hosts;
    bool without_tls = false;
    for (const Url& url : urls) {
      if (std::find(hosts.begin(), hosts.end(), url.host()) == hosts.end()) hosts.push_back(url.host());
      without_tls |= !url.is_https();
    }
    const fixtures::Server* plain = nullptr;
    if (without_tls) plain = servers_.emplace_back(std::make_unique<fixtures::Server>(options)).get();
    const std::string kind =
        options.fault && !options.fault->certificate.empty() ? options.fault->certificate : "valid";
    if (kind != "none") {
      const auto minted = rig::mint_certificate(kind, hosts);
      options.certificate_pem = minted.certificate_pem;
      options.key_pem = minted.key_pem;
    }
    const auto* secure = servers_.emplace_back(std::make_unique<fixtures::Server>(options)).get();
    connect(urls, *secure, plain);
  }

  /// What is asked for without TLS, too, is not there, unless the fault names it.
  static void close_plain_http(const std::vector<Url>& urls, LiveOptions& live) {
    for (const Url& url : urls) {
      const std::string plain = "http://" + url.host();
      if (!url.is_https() || std::ranges::find(live.loopback_origins, plain) != live.loopback_origins.end()) continue;
      live.resolve.push_back({url.host(), 80, "127.0.0.1", rig::closed_port()});
      live.loopback_origins.push_back(plain);
    }
  }

  void connect(const std::vector<Url>& urls, const fixtures::Server& secure, const fixtures::Server* plain) {
    LiveOptions live;
    live.mail_lookup = mail_route_of;
    live.per_host_at_once = 16;
    for (const Url& url : urls) {
      const std::uint16_t open = (url.is_https() ? secure : *plain).port();
      const bool closed = url.host().starts_with("closed.");
      live.resolve.push_back({url.host(), url.port(), "127.0.0.1", closed ? rig::closed_port() : open});
      live.loopback_origins.push_back(url.origin());  // these, so that the guard still judges every other address
    }
    close_plain_http(urls, live);
    live.ca_file = (scratch_.path() / "ca.pem").string();
    value_of(write_file(live.ca_file, rig::ca_pem()));
    transport_ = value_of(make_live_transport(live));
  }

  Scratch scratch_;
  std::vector<std::unique_ptr<fixtures::Server>> servers_;
  std::string origin_;
  std::shared_ptr<Transport> transport_;
};

std::string usual_submission(const Handed& handed) {
  if (handed.profile == "m365-copilot-v2") return "{folder}";
  if (handed.profile == "gpt-actions") return "{origin}/openapi.yaml";
  return "{origin}";
}

void set_parameters(Profile& profile, const Json& parameters) {
  for (const auto& [id, values] : parameters.items()) {
    const auto found = profile.checks.find(id);
    if (found == profile.checks.end())
      throw std::runtime_error(fmt::format("parameters: {} is no check of the profile {}", id, profile.name));
    Json all = found->second.parameters.json();
    for (const auto& [name, value] : values.items()) {
      if (!all.contains(name)) throw std::runtime_error(fmt::format("parameters: {} has no limit {}", id, name));
      all[name] = value;
    }
    found->second.parameters = Parameters{all};
  }
}

Plan plan_of(const Handed& handed) {
  const ProfileLibrary library{shipped_profiles(), checks::all()};
  Profile profile = value_of(library.load(handed.profile));
  if (handed.fault && handed.fault->parameters) set_parameters(profile, *handed.fault->parameters);
  return value_of(make_plan(profile, checks::all(), {}, {}));
}

/// What an earlier review of the good plugin had kept.
std::shared_ptr<const Baseline> baseline_of(const Handed& handed, const Plan& plan) {
  const Scratch scratch;
  fixtures::write_plugin(scratch.path(), handed.plugin, nullptr, served_origin);
  CollectOptions options;
  options.takes_snapshot = true;
  const Submission submission = value_of(identify_submission(scratch.path().string()));
  const Needs needs = Needs{Needs::manifest} | Needs::api;
  return std::make_shared<const Baseline>(
      Baseline{"review.json", "2026-01-01T00:00:00Z",
               collect(submission, needs, plan.manifest, nullptr, options).snapshot});
}

Review reviewed(const Handed& handed, const std::string& source, const std::shared_ptr<Transport>& transport) {
  const Plan plan = plan_of(handed);
  CollectOptions options;
  options.now = std::chrono::system_clock::now();
  if (handed.fault && handed.fault->reviewed_before) options.baseline = baseline_of(handed, plan);
  const Submission submission = value_of(identify_submission(source));
  auto evidence = std::make_shared<Evidence>(collect(submission, plan.needs, plan.manifest, transport, options));
  AuthorizeOptions authorizing;
  const std::string credentials =
      fixtures::credentials_of(handed.plugin, handed.fault ? handed.fault->behaviours : fixtures::Behaviours{});
  authorizing.live = handed.fault ? handed.fault->live : !credentials.empty();
  if (!credentials.empty())
    authorizing.credentials = std::make_shared<const Credentials>(value_of(read_credentials(credentials, "fixture")));
  authorize(*evidence, plan.needs, operation_calls(*evidence), transport, authorizing);
  if (handed.probes > 0 || (handed.fault && handed.fault->probed)) {
    ProbeOptions probing{authorizing};
    probing.authorize.live = probing.authorize.allow_writes = true;
    probing.authorize.seed = handed.seed;
    probing.authorize.wait = [](std::chrono::milliseconds) {};
    probing.authorize.deadline = std::chrono::hours{1};
    probing.max_requests = handed.probes > 0 ? handed.probes : 1000;
    probing.complaints = [&](const Evidence& seen, const Probe& one) { return complaints_of(plan, seen, one); };
    probe(*evidence, plan.needs, transport, probing);
  }
  JudgeOptions judging;
  judging.tool_version = "0";
  judging.started_at = options.now;
  return judge(plan, std::move(evidence), judging);
}

/// One finding of a review.
struct Found {
  const CheckResult* result;
  const Finding* finding;
};

std::vector<Found> findings_of(const Review& review) {
  std::vector<Found> all;
  for (const CheckResult& result : review.results)
    for (const Finding& finding : result.findings) all.push_back({&result, &finding});
  return all;
}

bool fits(const fixtures::Expectation& expected, const Found& found) {
  const Location& where = found.finding->where;
  return expected.check == found.result->check->info.id &&
         (!expected.artefact || *expected.artefact == name_of(where.artefact)) &&
         (!expected.pointer || *expected.pointer == where.pointer) &&
         (!expected.line || *expected.line == where.position.line) &&
         (!expected.message || found.finding->message.find(*expected.message) != std::string::npos);
}

/// Gives each expectation a finding of its own (augmenting paths, because one expectation may fit several findings).
class Pairing {
 public:
  Pairing(const std::vector<fixtures::Expectation>& expected, const std::vector<Found>& found)
      : expected_{expected}, found_{found}, of_finding_(found.size(), nobody) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      std::vector<bool> tried(found.size(), false);
      if (!place(i, tried)) unmet_.push_back(i);
    }
  }

  const std::vector<std::size_t>& unmet() const { return unmet_; }
  bool is_expected(std::size_t finding) const { return of_finding_[finding] != nobody; }

 private:
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

  bool place(std::size_t expectation, std::vector<bool>& tried) {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (tried[i] || !fits(expected_[expectation], found_[i])) continue;
      tried[i] = true;
      if (of_finding_[i] != nobody && !place(of_finding_[i], tried)) continue;
      of_finding_[i] = expectation;
      return true;
    }
    return false;
  }

  const std::vector<fixtures::Expectation>& expected_;
  const std::vector<Found>& found_;
  std::vector<std::size_t> of_finding_, unmet_;
};

std::string shown(const Found& found) {
  const Location& where = found.finding->where;
  return fmt::format("{} {} at {}{} line {}: {}", name_of(found.result->severity), found.result->check->info.id,
                     name_of(where.artefact), where.pointer.empty() ? "" : "#" + where.pointer, where.position.line,
                     found.finding->message);
}

std::string shown(const fixtures::Expectation& expected) {
  std::string text = expected.check;
  if (expected.artefact) text += " at " + *expected.artefact;
  if (expected.pointer) text += " #" + *expected.pointer;
  if (expected.line) text += fmt::format(" line {}", *expected.line);
  if (expected.message) text += fmt::format(" saying \"{}\"", *expected.message);
  return text;
}

bool covers(const std::string& pattern, const Check& check) {
  if (pattern == "*") return true;
  // Checks of several groups judge the API description; without it all of them are blocked.
  if (pattern == "api/*" && check.needs.contains(Needs::api)) return true;
  if (pattern.ends_with("/*"))
    return check.info.id.starts_with(std::string_view{pattern}.substr(0, pattern.size() - 1));
  return pattern == check.info.id;
}

bool is_covered(const std::vector<std::string>& patterns, const Check& check) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return covers(pattern, check); });
}

// The reason of a blocked check and a finding speak of the same problem.
bool is_named_by_a_finding(std::string_view reason, const std::vector<Found>& found) {
  constexpr std::string_view of_manifest = "The manifest that would name it cannot be read: ";
  if (reason.starts_with(of_manifest)) reason.remove_prefix(of_manifest.size());
  return std::any_of(found.begin(), found.end(), [&](const Found& one) {
    return one.finding->message.find(reason) != std::string::npos ||
           reason.find(one.finding->message) != std::string::npos;
  });
}

std::string blocked_difference(const fixtures::Fault& fault, const Review& review, const std::vector<Found>& found) {
  std::string text;
  std::set<std::string_view> blocked;
  for (const CheckResult& result : review.results) {
    if (result.outcome != Outcome::blocked) continue;
    const std::string_view id = result.check->info.id;
    blocked.insert(id);
    const bool allowed =
        fault.blocked_is_listed ? is_covered(fault.blocked, *result.check)
            : is_named_by_a_finding(result.reason, found);
    if (!allowed) text += fmt::format("\n  blocked, but not listed: {} because: {}", id, result.reason);
  }
  for (const std::string& id : fault.blocked)
    if (id.find('*') == std::string::npos && !blocked.contains(id))
      text += fmt::format("\n  listed as blocked, but is not: {}", id);
  return text;
}

std::string crashes(const Review& review) {
  std::string text;
  for (const CheckResult& result : review.results)
    if (result.outcome == Outcome::crashed)
      text += fmt::format("\n  crashed: {}: {}", result.check->info.id, result.reason);
  return text;
}

}  // namespace

Handed handed_in(const fixtures::Fault& fault) {
  return {fault.plugin, fault.profile, fault.submission, &fault};
}

Review review_of(const Handed& handed) {
  const std::string source = handed.submission.empty() ? usual_submission(handed) : handed.submission;
  if (source.find("{folder}") != std::string::npos) {
    const Scratch folder;
    fixtures::write_plugin(folder.path(), handed.plugin, handed.fault, served_origin);
    return reviewed(handed, with(source, "{folder}", folder.path().string()), nullptr);
  }
  const Stage stage{handed};
  return reviewed(handed, with(source, "{origin}", stage.origin()), stage.transport());
}

std::string difference(const fixtures::Fault& fault, const Review& review) {
  const std::vector<Found> found = findings_of(review);
  const Pairing pairing{fault.expect, found};
  std::string text;
  for (const std::size_t unmet : pairing.unmet())
    text += fmt::format("\n  expected, but not found: {}", shown(fault.expect[unmet]));
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!pairing.is_expected(i)) text += fmt::format("\n  found, but not expected: {}", shown(found[i]));
  return text + blocked_difference(fault, review, found) + crashes(review);
}

std::string complaints(const Review& review) {
  std::string text;
  for (const Found& found : findings_of(review)) text += "\n  " + shown(found);
  for (const CheckResult& result : review.results)
    if (result.outcome == Outcome::blocked)
      text += fmt::format("\n  blocked: {}: {}", result.check->info.id, result.reason);
  return text + crashes(review);
}

}  // namespace plugvet::tests
