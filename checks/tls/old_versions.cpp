#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement old_versions(const TlsSurvey& survey) {
  Judgement judgement;
  for (const TlsHost& host : survey.hosts) {
    if (!host.old_version || host.facts.version.empty()) continue;  // speaks nothing newer: tls/protocol-version
    const std::string version = printable(*host.old_version);
    judgement.findings.push_back(
        {{Artefact::tls, {}, {}},
         printable(host.host) + ":" + std::to_string(host.port) + " still accepts " + version + ".",
         "TLS 1.2 and later only",
         version,
         {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check tls_old_versions = define_check<old_versions>({
    .id = "tls/old-versions",
    .title = "No https host accepts TLS 1.1 or older",
    .requirement = "The hosts may refuse TLS 1.0 and 1.1, which the platform never uses.",
    .rationale =
        "Old versions are open to known attacks (RFC 8996). The platform is not affected, other clients of the same "
        "API may be.",
    .remedy = "Disable TLS 1.0 and 1.1 in the server or in the proxy in front of it.",
    .source = "OpenAI, Plugins in production (2023-09); RFC 8996",
    .passing = "TLSv1.2, TLSv1.3",
    .failing = "TLSv1.0 … TLSv1.3",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
