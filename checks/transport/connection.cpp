#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement connection(const Fetches& fetches) {
  return judge_rung(
      fetches, Rung::connect, [](const Problem& p) { return p.rung == Rung::connect; }, "an accepted TCP connection");
}

}  // namespace

extern constinit const Check transport_connection = define_check<connection>({
    .id = "transport/connection",
    .title = "Every host accepts connections",
    .requirement =
        "The hosts of manifest, OpenAPI document, logo and legal page accept a TCP connection from the internet "
        "within 5 seconds.",
    .rationale = "A host that refuses or ignores connections is down, or a firewall admits only some networks.",
    .remedy =
        "Start the server, open the port in the firewall, and look whether it listens on the public interface and not "
        "only on 127.0.0.1.",
    .source = "OpenAI, Plugins in production (2023-09); plugvet, own judgement",
    .passing = "connected to 93.184.216.34:443",
    .failing = "connection refused",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
