#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement certificate(const Fetches& fetches) {
  return judge_rung(
      fetches, Rung::tls, [](const Problem& p) { return p.id.starts_with("tls.certificate"); },
      "a valid certificate of a public authority");
}

}  // namespace

extern constinit const Check tls_certificate = define_check<certificate>({
    .id = "tls/certificate",
    .title = "Every https host shows a valid public certificate",
    .requirement =
        "The certificate chain of each https host leads to a public root, with all intermediates; its name is that "
        "of the host, it is in date and not self-signed.",
    .rationale = "The platform ends the connection when it cannot tell whom it is talking to.",
    .remedy =
        "Get a certificate of a public authority for exactly this host, and configure the server to send the whole "
        "chain (fullchain.pem, not cert.pem).",
    .source = "OpenAI, Plugins in production (2023-09); OpenAI, GPT Actions in production",
    .passing = "CN=api.acme.com, issued by Let's Encrypt, valid until 2027-01-31",
    .failing = "self-signed certificate",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
