#include "checks/format.h"
#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement https(const Manifest& manifest, const Parameters& limits) {
  const std::string* text = manifest.text("/legal_info_url");
  const auto url = text ? Url::parse(*text) : Result<Url>(Problem{});
  if (!url || url->is_https()) return Judgement::pass();  // what is no URL is reported by manifest/url-shape
  if (limits.flag("localhost_exempt") && is_loopback_host(url->host())) return Judgement::pass();
  const std::string shown = printable(shortened(url->text(), 200));
  return Judgement::fail({manifest.at("/legal_info_url"),
                          "legal_info_url uses unencrypted http: " + shown + ".",
                          "an https URL",
                          shown,
                          {}});
}

}  // namespace

extern constinit const Check legal_https = define_check<of_profile_format<https>>({
    .id = "legal/https",
    .title = "The legal page uses https",
    .requirement = "legal_info_url should use https.",
    .rationale =
        "Terms that anybody on the way can change bind nobody. OpenAI's own example is http, and plugins with an http "
        "page were approved, so this alone is no reason to refuse.",
    .remedy = "Serve the page with https and write https in the manifest.",
    .source = "OpenAI, Plugins: getting started (mid-2023); plugvet, own judgement",
    .passing = R"("legal_info_url": "https://acme.com/legal")",
    .failing = R"("legal_info_url": "http://acme.com/legal")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
