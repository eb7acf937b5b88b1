#include "harness/collect/collect.h"

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <vector>

#include "harness/collect/artefacts.h"
#include "harness/collect/cors.h"
#include "harness/openapi/function_list.h"
#include "harness/support/file.h"

namespace plugvet {

namespace {

constexpr std::string_view on_disk = "the submission was read from disk; review its URL to run this check";

/// What breaks the manifest leaves what it would have named without an address: a lower rung than any of its own.
void leave_without_address(Evidence& evidence, Needs needs, Problem problem) {
  problem.rung = Rung::url;
  problem.id = "manifest.unreadable";
  problem.what = "The manifest that would name it cannot be read: " + problem.what;
  if (needs.contains(Needs::api)) evidence.api = Result<ApiDescription>{problem};
  if (needs.contains(Needs::logo)) evidence.logo = Result<Logo>{problem};
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
    if (const Manifest* manifest = evidence_.manifest->value())
      collect_named_by(*manifest);
    else
      leave_without_address(evidence_, needs_, *evidence_.manifest->problem());
    finish_cors();
  }

  void collect_named_by(const Manifest& manifest) {
    const std::string_view api_member = manifest.format() == ManifestFormat::m365 ? "runtimes[].spec.url" : "api.url";
    Pending api = start(manifest, Needs::api, Artefact::api, api_pointer(manifest), api_member, options_.api);
    Pending logo = start(manifest, Needs::logo, Artefact::logo, "/logo_url", "logo_url", options_.logo);
    Pending page =
        start(manifest, Needs::legal_page, Artefact::legal_page, "/legal_info_url", "legal_info_url", options_.page);
    if (api.url) start_cors_of(Artefact::api, api.url->text(), options_.api);
    finish(api, Needs::api, evidence_.api, &read_api);
    finish(logo, Needs::logo, evidence_.logo, static_cast<Result<Logo> (*)(const Fetch&)>(&read_logo));
    finish(page, Needs::legal_page, evidence_.legal_page, &read_legal_page);
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

  template <class T>
  void finish(Pending& pending, Needs::Item item, Collected<T>& place, Result<T> (*read)(const Fetch&)) {
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
                  ? file_at(submission.path, read_file(submission.path, options.api.body))
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
  evidence.not_collected_because = on_disk;
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

}  // namespace

Evidence collect(const Submission& submission, Needs needs, ManifestKind manifest_kind,
                 const std::shared_ptr<Transport>& transport, const CollectOptions& options) {
  // What is called, and for GPT Actions how to sign in, stands in the API description.
  if (needs.contains(Needs::sign_in) || needs.contains(Needs::enforcement)) needs = needs | Needs::api;
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
  return evidence;
}

}  // namespace plugvet
