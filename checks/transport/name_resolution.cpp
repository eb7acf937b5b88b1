#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement name_resolution(const Fetches& fetches) {
  return judge_rung(
      fetches, Rung::name, [](const Problem& p) { return p.rung == Rung::name; }, "a host name with an address");
}

}  // namespace

extern constinit const Check transport_name_resolution = define_check<name_resolution>({
    .id = "transport/name-resolution",
    .title = "Every host name resolves",
    .requirement = "The hosts of manifest, OpenAPI document, logo and legal page have an address in the public DNS.",
    .rationale = "A name without an address cannot be reached by anybody.",
    .remedy = "Correct the spelling of the host, or publish its A or AAAA record and wait until it has spread.",
    .source = "OpenAI, Plugins in production (2023-09); plugvet, own judgement",
    .passing = "api.acme.com, 93.184.216.34",
    .failing = "api.acme.con, no such host",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
