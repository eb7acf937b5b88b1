#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

bool is_own(const Problem& problem) {
  return problem.rung == Rung::tls && !problem.id.starts_with("tls.certificate") &&
         !problem.id.starts_with("tls.version");
}

Judgement handshake(const Fetches& fetches) {
  return judge_rung(fetches, Rung::tls, is_own, "a completed TLS handshake");
}

}  // namespace

extern constinit const Check tls_handshake = define_check<handshake>({
    .id = "tls/handshake",
    .title = "Every https host completes a TLS handshake",
    .requirement = "Each host that is addressed with https speaks TLS on that port and agrees on a cipher.",
    .rationale =
        "Without a session nothing can be sent. Typical causes are plain http on the https port, a server name that "
        "the host does not know, and a TLS stack from another age.",
    .remedy = "Look with \"openssl s_client -connect HOST:443 -servername HOST\" what the server answers.",
    .source = "OpenAI, Plugins in production (2023-09)",
    .passing = "TLSv1.3, TLS_AES_256_GCM_SHA384",
    .failing = "the server answers with plain HTTP",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
