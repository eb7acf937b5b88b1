#include "checks/rungs.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement port(const Manifest& manifest) {
  Judgement judgement;
  for (const WrittenUrl& written : called_urls(manifest)) {
    // Unencrypted URLs have another port by nature: transport/https reports them.
    if (!written.url.is_https() || written.url.port() == 443) continue;
    const std::string actual = "port " + std::to_string(written.url.port());
    const std::string subject =
        written.pointer.empty() ? "The manifest is served on " : spoken(written.pointer) + " names ";
    judgement.findings.push_back({place_of(written, manifest),
                                  subject + actual + ": " + printable(shortened(written.url.text(), 200)) + ".",
                                  "port 443, not written",
                                  actual,
                                  {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check transport_port = define_check<port>({
    .id = "transport/port",
    .title = "All traffic goes to port 443",
    .requirement = "Manifest, api.url, logo_url and the OAuth endpoints use port 443, and write no other.",
    .rationale = "The platform connects to port 443 only; its firewall lets nothing else out.",
    .remedy = "Put the server, or a reverse proxy in front of it, on port 443 and drop the port from the URLs.",
    .source = "OpenAI, Plugins in production (2023-09); OpenAI, GPT Actions in production",
    .passing = "https://api.acme.com/openapi.yaml",
    .failing = "https://api.acme.com:8443/openapi.yaml",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
