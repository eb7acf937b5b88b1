#include "harness/collect/collect.h"

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <vector>

#include "harness/collect/artefacts.h"
#include "harness/collect/cors.h"
#include "harness/collect/path_probes.h"
#include "harness/model/redaction.h"
#include "harness/openapi/function_list.h"
#include "harness/openapi/snapshot.h"
#include "harness/support/file.h"

namespace plugvet {

namespace {

constexpr std::string_view because_on_disk = "the submission was read from disk; review its URL to run this check";

/// What breaks the manifest leaves what it would have named without an address: a lower rung than any of its own.
void leave_without_address(Evidence& evidence, Needs needs, Problem problem) {
  problem.rung = Rung::url;
  problem.id = "manifest.unreadable";
  problem.what = "The manifest that would name it cannot be read: " + problem.what;
  if (needs.contains(Needs::api)) evidence.api = Result<ApiDescription>{problem};
  if (needs.contains(Needs::logo)) evidence.logo = Result<Logo>{problem};
  if (needs.contains(Needs::mail) && !evidence.submission.is_on_disk()) evidence.mail = Result<MailRoute>{problem};
  if (needs.contains(Needs::legal_page) && !evidence.submission.is_on_disk())
    evidence.legal_page = Result<LegalPage>{problem};
}

/// One collection from the network: everything that does not depend on one another is started before anything is waited
/// for.
class NetworkCollection {
 public:
  NetworkCollection(Evidence& evidence, Needs needs, ManifestKind kind, Transport& transport,
                    const CollectOptions& options)
      : evidence_{evidence}, needs_{needs}, kind_{kind}, transport_{transport}, options_{options} {}

  void run() {
    if (kind_ == ManifestKind::none)
      collect_api_alone();
    else
      collect_manifest_and_what_it_names();
    if (needs_.contains(Needs::tls)) survey_tls();
    finish_path_probes();
    if (needs_.contains(Needs::fetches)) evidence_.fetches = Result<Fetches>{std::move(fetches_)};
  }

 private:
  /// The URL that an artefact is fetched from, or why there is none; and the fetch on its way.
  struct Pending {
    Result<Url> url;
    std::future<Fetch> fetch;
  };

  /// What it refers to lasts until the next fetch is kept.
  const Fetch& keep(Fetch fetch) { return fetches_.all.emplace_back(std::move(fetch)); }

  void collect_api_alone() {
    const std::string url = evidence_.submission.url->text();
    auto pending = transport_.start(order_for(Artefact::api, {}, url, options_.api));
    start_cors_of(Artefact::api, url, options_.api);
    start_path_probes_at(url);
    const Fetch& fetch = keep(pending.get());
    if (needs_.contains(Needs::api)) evidence_.api = read_api(fetch);
    keep_unparsed(evidence_.api, fetch);
    finish_cors();
  }

  void collect_manifest_and_what_it_names() {
    const std::string url = manifest_url(evidence_.submission, kind_);
    start_cors_of(Artefact::manifest, url, options_.manifest);
    const Fetch& fetch = keep(transport_.fetch(order_for(Artefact::manifest, {}, url, options_.manifest)));
    evidence_.manifest = read_manifest(fetch);
    keep_unparsed(evidence_.manifest, fetch);
    if (const Manifest* manifest = evidence_.manifest->value()) {
      collect_named_by(*manifest, url);
    } else {
      const Problem& problem = *evidence_.manifest->problem();
      leave_without_address(evidence_, needs_, problem);
      // A host that does not answer is not asked for more.
      if (problem.rung >= Rung::http)
        start_path_probes_at(url);
      else if (needs_.contains(Needs::paths))
        evidence_.paths = Result<PathProbes>{problem};
    }
    finish_cors();
  }

  void collect_named_by(const Manifest& manifest, const std::string& url) {
    const std::string_view api_member = manifest.format() == ManifestFormat::m365 ? "runtimes[].spec.url" : "api.url";
    Pending api = start(manifest, Needs::api, Artefact::api, api_pointer(manifest), api_member, options_.api);
    Pending logo = start(manifest, Needs::logo, Artefact::logo, "/logo_url", "logo_url", options_.logo);
    Pending page =
        start(manifest, Needs::legal_page, Artefact::legal_page, "/legal_info_url", "legal_info_url", options_.page);
    start_beside(manifest, page);
    auto mail = start_mail(manifest);
    if (api.url) start_cors_of(Artefact::api, api.url->text(), options_.api);
    start_path_probes_at(url);  // behind everything that others wait for
    finish(api, Needs::api, evidence_.api, [](const Fetch& fetch) { return read_api(fetch); });
    finish(logo, Needs::logo, evidence_.logo, [](const Fetch& fetch) { return read_logo(fetch); });
    finish(page, Needs::legal_page, evidence_.legal_page, [this](const Fetch& fetch) { return legal_page(fetch); });
    follow_privacy_links();
    if (needs_.contains(Needs::mail))
      evidence_.mail = mail.valid() ? mail.get() : Result<MailRoute>{no_mail_domain(manifest)};
  }

  /// What the legal page is compared with and read beside. Neither is an artefact of its own.
  void start_beside(const Manifest& manifest, const Pending& page) {
    if (!needs_.contains(Needs::legal_page)) return;
    if (page.url) nowhere_ = transport_.start(beside({}, nowhere_url(*page.url)));
    const auto policy = url_in(manifest, "/privacy_policy_url", "privacy_policy_url", Relative::refused);
    if (!policy || (page.url && *policy == *page.url)) return;
    privacy_.push_back({manifest.at("/privacy_policy_url"),
                        transport_.start(beside(manifest.at("/privacy_policy_url"), policy->text()))});
  }

  FetchOrder beside(Location named_by, std::string url) const {
    return order_for(Artefact::legal_page, std::move(named_by), std::move(url), options_.page);
  }

  std::vector<PrivacyFetch> fetched_on_privacy() {
    std::vector<PrivacyFetch> fetches;
    for (auto& [named_by, fetch] : privacy_) fetches.push_back({named_by, fetch.get()});
    privacy_.clear();
    return fetches;
  }

  Result<LegalPage> legal_page(const Fetch& fetch) {
    const std::optional<Fetch> nowhere = nowhere_.valid() ? std::optional{nowhere_.get()} : std::nullopt;
    return read_legal_page(fetch, nowhere ? &*nowhere : nullptr, fetched_on_privacy());
  }

  /// One latency more, and only where the legal page sends people on.
  void follow_privacy_links() {
    LegalPage* page = evidence_.legal_page ? evidence_.legal_page->value() : nullptr;
    if (!page) return;
    const Location linked{Artefact::legal_page, {}, {}};
    for (const std::string& url : privacy_pages_to_follow(*page))
      privacy_.push_back({linked, transport_.start(beside(linked, url))});
    if (!privacy_.empty()) add_privacy_pages(fetched_on_privacy(), *page);
  }

  void start_path_probes_at(const std::string& url) {
    const auto origin = Url::parse(url);
    if (needs_.contains(Needs::paths) && origin) paths_ = start_path_probes(transport_, *origin);
  }

  void finish_path_probes() {
    if (!needs_.contains(Needs::paths) || evidence_.paths) return;
    PathProbes probes;
    for (std::future<Fetch>& probe : paths_) probes.all.push_back(probe.get());
    evidence_.paths = Result<PathProbes>{std::move(probes)};
  }

  static Problem no_mail_domain(const Manifest& manifest) {
    Problem problem = url_problem(manifest, "/contact_email", "");
    problem.id = "contact.no_domain";
    problem.what = "contact_email has no domain whose mail could be asked for (see contact/address).";
    return problem;
  }

  /// Nothing where nobody asks, or no domain can be asked for.
  std::future<Result<MailRoute>> start_mail(const Manifest& manifest) {
    const std::string* address = needs_.contains(Needs::mail) ? manifest.text("/contact_email") : nullptr;
    const std::size_t at = address ? address->rfind('@') : std::string::npos;
    const auto url = at == std::string::npos ? Result<Url>{Problem{}} : Url::parse("https://" + address->substr(at + 1));
    if (!url || url->host_is_address() || url->text() != "https://" + url->host() + "/") return {};
    return transport_.start_mail_lookup(url->host());
  }

  /// Checks over all fetches want every artefact fetched, also when nobody reads its content.
  bool wants(Needs::Item item) const {
    return needs_.contains(item) || needs_.contains(Needs::fetches) || needs_.contains(Needs::tls);
  }

  Pending start(const Manifest& manifest, Needs::Item item, Artefact artefact, const std::string& pointer,
                std::string_view member, const FetchLimits& limits) {
    const Relative relative = artefact == Artefact::api ? Relative::resolved : Relative::refused;
    Pending pending{url_in(manifest, pointer, member, relative), {}};
    if (pending.url && wants(item))
      pending.fetch = transport_.start(order_for(artefact, manifest.at(pointer), pending.url->text(), limits));
    return pending;
  }

  template <class T, class Read>
  void finish(Pending& pending, Needs::Item item, Collected<T>& place, const Read& read) {
    const Fetch* fetch = pending.fetch.valid() ? &keep(pending.fetch.get()) : nullptr;
    if (!needs_.contains(item)) return;
    if (fetch) {
      place = read(*fetch);
      keep_unparsed(place, *fetch);
    } else {
      place = Result<T>{*pending.url.problem()};
    }
  }

  template <class T>
  void keep_unparsed(const Collected<T>& place, const Fetch& fetch) {
    const Problem* problem = place ? place->problem() : nullptr;
    if (problem && problem->position && fetch.response()) evidence_.unparsed[fetch.artefact] = fetch.response()->body;
  }

  void start_cors_of(Artefact artefact, const std::string& url, const FetchLimits& limits) {
    if (needs_.contains(Needs::cors)) cors_.push_back(start_cors(transport_, artefact, url, limits));
  }

  void finish_cors() {
    if (!needs_.contains(Needs::cors)) return;
    CorsProbes probes;
    for (PendingCors& probe : cors_) probes.all.push_back(probe.get());
    evidence_.cors = Result<CorsProbes>{std::move(probes)};
  }

  void survey_tls() {
    std::vector<std::pair<TlsHost, std::future<std::string>>> pending;
    for (const Fetch& fetch : fetches_.all)
      for (const Exchange& hop : fetch.hops) {
        const auto url = Url::parse(hop.request.url);
        if (!url || !url->is_https() || !hop.tls) continue;
        const auto same = [&](const auto& other) {
          return other.first.host == url->host() && other.first.port == url->port();
        };
        if (std::ranges::any_of(pending, same)) continue;
        pending.emplace_back(TlsHost{url->host(), url->port(), *hop.tls, {}},
                             transport_.start_old_tls_probe(hop.request.url));
      }
    TlsSurvey survey;
    for (auto& [host, probe] : pending) {
      if (std::string version = probe.get(); !version.empty()) host.old_version = std::move(version);
      survey.hosts.push_back(std::move(host));
    }
    evidence_.tls = Result<TlsSurvey>{std::move(survey)};
  }

  Evidence& evidence_;
  Needs needs_;
  ManifestKind kind_;
  Transport& transport_;
  const CollectOptions& options_;
  Fetches fetches_;
  std::vector<PendingCors> cors_;
  std::future<Fetch> nowhere_;
  std::vector<std::pair<Location, std::future<Fetch>>> privacy_;
  std::vector<std::future<Fetch>> paths_;
};

Result<Manifest> parse_manifest_file(FileOnDisk file, Evidence& evidence) {
  auto manifest = parse_manifest(file.bytes, std::move(file.path));
  if (!manifest) evidence.unparsed[Artefact::manifest] = std::move(file.bytes);  // for the excerpt
  return manifest;
}

Result<ApiDescription> parse_api_file(FileOnDisk file, Evidence& evidence) {
  auto api = parse_api(file.bytes, std::move(file.path), folder_of(evidence.submission));
  if (!api) evidence.unparsed[Artefact::api] = std::move(file.bytes);
  return api;
}

void collect_api_alone_from_disk(Evidence& evidence, const CollectOptions& options) {
  const Submission& submission = evidence.submission;
  auto file = submission.kind == SubmissionKind::openapi
                  ? file_of(submission, options.api.body)
                  : find_api_alone(submission, options);
  evidence.api = file ? parse_api_file(std::move(*file), evidence) : Result<ApiDescription>{*file.problem()};
}

/// A profile that judges a manifest was handed an OpenAPI document: what it judges is not there.
Problem not_a_manifest(const Submission& submission) {
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "file.not_manifest";
  problem.where = submission.path;
  problem.what = "This is an OpenAPI document, and no manifest was submitted; review it with --profile gpt-actions.";
  return problem;
}

void collect_from_disk(Evidence& evidence, Needs needs, ManifestKind kind, const CollectOptions& options) {
  const Submission& submission = evidence.submission;
  evidence.not_collected_because = because_on_disk;
  if (submission.kind == SubmissionKind::openapi || kind == ManifestKind::none) {
    collect_api_alone_from_disk(evidence, options);
    if (kind != ManifestKind::none) evidence.manifest = Result<Manifest>{not_a_manifest(submission)};
    return;
  }

  auto file = find_manifest(submission, kind, options.manifest.body);
  evidence.manifest = file ? parse_manifest_file(std::move(*file), evidence) : Result<Manifest>{*file.problem()};
  const Manifest* manifest = evidence.manifest->value();
  if (!manifest) return leave_without_address(evidence, needs, *evidence.manifest->problem());
  if (needs.contains(Needs::api))
    if (auto api = find_api(submission, manifest, options.api.body))
      evidence.api = *api ? parse_api_file(std::move(**api), evidence) : Result<ApiDescription>{*api->problem()};
  if (needs.contains(Needs::logo)) evidence.logo = read_logo_on_disk(submission, *manifest, options.logo.body);
}

/// As the platform would introduce the plugin to the model.
std::optional<FunctionList> functions_of(const Evidence& evidence) {
  const ApiDescription* api = evidence.api ? evidence.api->value() : nullptr;
  if (!api || !api->description->is_openapi_3()) return {};
  const Manifest* manifest = evidence.manifest ? evidence.manifest->value() : nullptr;
  const auto text = [&](std::string_view pointer) {
    const std::string* found = manifest ? manifest->text(pointer) : nullptr;
    return found ? std::string_view{*found} : std::string_view{};
  };
  const bool is_m365 = manifest && manifest->format() == ManifestFormat::m365;
  return openapi::function_list(*api->description, text(is_m365 ? "/namespace" : "/name_for_model"),
                                text("/description_for_model"));
}

std::shared_ptr<const Json> snapshot_of(const Evidence& evidence) {
  Json snapshot = Json::object();
  if (const Manifest* manifest = evidence.manifest ? evidence.manifest->value() : nullptr)
    snapshot["manifest"] = manifest_snapshot(*manifest);
  const ApiDescription* api = evidence.api ? evidence.api->value() : nullptr;
  if (api && api->description->is_openapi_3()) snapshot["api"] = openapi::snapshot_of(*api->description);
  redact(snapshot, secrets_in(evidence));
  return std::make_shared<const Json>(std::move(snapshot));
}

}  // namespace

Evidence collect(const Submission& submission, Needs needs, ManifestKind manifest_kind,
                 const std::shared_ptr<Transport>& transport, const CollectOptions& options) {
  // What is called, and for GPT Actions how to sign in, stands in the API description.
  for (const Needs::Item item : {Needs::sign_in, Needs::enforcement, Needs::probing})
    if (needs.contains(item)) needs = needs | Needs::api;
  Evidence evidence;
  evidence.submission = submission;
  evidence.private_addresses_allowed = options.private_addresses_allowed;
  evidence.now = options.now;
  if (submission.is_on_disk())
    collect_from_disk(evidence, needs, manifest_kind, options);
  else if (options.offline || !transport)
    evidence.not_collected_because = "--offline was given";
  else
    NetworkCollection{evidence, needs, manifest_kind, *transport, options}.run();
  evidence.functions = functions_of(evidence);
  evidence.baseline = options.baseline;
  if (options.takes_snapshot || options.baseline) evidence.snapshot = snapshot_of(evidence);
  return evidence;
}

}  // namespace plugvet
