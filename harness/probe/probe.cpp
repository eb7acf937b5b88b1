#include "harness/probe/probe.h"

#include <utility>

#include "harness/probe/prober.h"

namespace plugvet {

void probe(Evidence& evidence, Needs needs, const std::shared_ptr<Transport>& transport, const ProbeOptions& options) {
  const bool is_reachable = transport && evidence.not_collected_because.empty();
  evidence.not_probed_because =
      is_reachable ? "it calls the plugin's API; add --live to run this check" : evidence.not_collected_because;
  if (!needs.contains(Needs::probing) || !options.authorize.live || !is_reachable || !evidence.api) return;
  if (const Problem* problem = evidence.api->problem()) {
    evidence.probing = Result<Probing>{*problem};
  } else if (!(*evidence.api)->description->is_openapi_3()) {
    evidence.probing = Result<Probing>{Probing{}};
  } else {
    evidence.probing = Result<Probing>{Prober{evidence, *transport, options}.run()};
    evidence.secrets = options.authorize.secrets->all();
  }
}

}  // namespace plugvet
