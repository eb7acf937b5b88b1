#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement protocol_version(const Fetches& fetches) {
  return judge_rung(
      fetches, Rung::tls, [](const Problem& p) { return p.id.starts_with("tls.version"); }, "TLS 1.2 or later");
}

}  // namespace

extern constinit const Check tls_protocol_version = define_check<protocol_version>({
    .id = "tls/protocol-version",
    .title = "Every https host speaks TLS 1.2 or later",
    .requirement = "Each https host negotiates TLS 1.2 or TLS 1.3.",
    .rationale = "The platform refuses older versions: they are deprecated (RFC 8996) and open to known attacks.",
    .remedy = "Enable TLS 1.2 and 1.3 in the server or in the proxy in front of it.",
    .source = "OpenAI, Plugins in production (2023-09); OpenAI, GPT Actions in production",
    .passing = "TLSv1.3",
    .failing = "TLSv1.1",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
