#include "checks/format.h"
#include "checks/rungs.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string where_named(const WrittenUrl& written) {
  return written.pointer.empty() ? "The manifest itself" : spoken(written.pointer);
}

bool is_unsafe(const Url& url, bool localhost_is_exempt) {
  return !url.is_https() && !(localhost_is_exempt && is_loopback_host(url.host()));
}

/// Where a redirect leaves https: the hop before it. The legal page is legal/https'.
const Exchange* downgrade_of(const Fetch& fetch, bool localhost_is_exempt) {
  if (fetch.artefact == Artefact::legal_page) return nullptr;
  for (std::size_t i = 1; i < fetch.hops.size(); ++i) {
    const auto from = Url::parse(fetch.hops[i - 1].request.url), to = Url::parse(fetch.hops[i].request.url);
    if (from && to && from->is_https() && is_unsafe(*to, localhost_is_exempt)) return &fetch.hops[i - 1];
  }
  return nullptr;
}

void judge_redirects(const Fetches& fetches, bool localhost_is_exempt, Judgement& judgement) {
  for (const Fetch& fetch : fetches.all) {
    const Exchange* last_safe = downgrade_of(fetch, localhost_is_exempt);
    if (!last_safe) continue;
    const std::string& url = (last_safe + 1)->request.url;
    const std::string shown = printable(shortened(url, 200));
    judgement.findings.push_back({fetch.named_by,
                                  printable(shortened(last_safe->request.url, 200)) +
                                      " redirects to unencrypted http: " + shown + ".",
                                  "a redirect to https", shown, last_safe->request.url});
  }
}

Judgement https(const Manifest& manifest, const Collected<Fetches>& fetches, const Parameters& limits) {
  const bool localhost_is_exempt = limits.flag("localhost_exempt");
  const Fetches none, &seen = fetches && *fetches ? **fetches : none;
  Judgement judgement;
  judge_redirects(seen, localhost_is_exempt, judgement);
  const Fetch* of_manifest = seen.of(Artefact::manifest);
  const bool manifest_is_judged = of_manifest && downgrade_of(*of_manifest, localhost_is_exempt);
  for (const WrittenUrl& written : called_urls(manifest)) {
    if (!is_unsafe(written.url, localhost_is_exempt) || (written.pointer.empty() && manifest_is_judged)) continue;
    const std::string url = printable(shortened(written.url.text(), 200));
    judgement.findings.push_back({place_of(written, manifest),
                                  where_named(written) + " uses unencrypted http: " + url + ".",
                                  "an https URL",
                                  url,
                                  {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check transport_https = define_check<of_profile_format<https>>({
    .id = "transport/https",
    .title = "Manifest, API, logo and OAuth endpoints use https",
    .requirement =
        "The manifest is served with https, and api.url, logo_url, auth.client_url and auth.authorization_url use "
        "https (of a Microsoft 365 plugin: runtimes[].spec.url), and no redirect leaves https. Only localhost under "
        "development may use http.",
    .rationale =
        "On http anybody on the way can read what people ask, and change what the plugin answers. Platforms refuse "
        "it for remote servers.",
    .remedy = "Serve everything with https and write https in the manifest.",
    .source =
        "OpenAI, Plugins: getting started (mid-2023); OpenAI, Plugins in production (2023-09); Witivio, GPT Pro: build "
        "plugins",
    .passing = R"("url": "https://api.acme.com/openapi.yaml")",
    .failing = R"("url": "http://api.acme.com/openapi.yaml")",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
