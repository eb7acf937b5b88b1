#include "checks/rungs.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string where_named(const WrittenUrl& written) {
  return written.pointer.empty() ? "The manifest itself" : spoken(written.pointer);
}

Judgement https(const Manifest& manifest, const Parameters& limits) {
  const bool localhost_is_exempt = limits.flag("localhost_exempt");
  Judgement judgement;
  for (const WrittenUrl& written : called_urls(manifest)) {
    if (written.url.is_https()) continue;
    if (localhost_is_exempt && is_loopback_host(written.url.host())) continue;
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

extern constinit const Check transport_https = define_check<https>({
    .id = "transport/https",
    .title = "Manifest, API, logo and OAuth endpoints use https",
    .requirement =
        "The manifest is served with https, and api.url, logo_url, auth.client_url and auth.authorization_url use "
        "https (of a Microsoft 365 plugin: runtimes[].spec.url). Only localhost under development may use http.",
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
