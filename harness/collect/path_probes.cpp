#include "harness/collect/path_probes.h"

#include "harness/model/sensitive_paths.h"

namespace plugvet {

std::vector<std::future<Fetch>> start_path_probes(Transport& transport, const Url& origin) {
  std::vector<std::future<Fetch>> probes;
  for (const std::string_view path : sensitive_paths) {
    FetchOrder order;
    order.artefact = Artefact::submission;
    order.request.url = origin.origin() + std::string{path};
    // A courtesy to both sides: nothing else waits for them.
    order.limits.deadline = std::chrono::milliseconds{5'000};
    order.limits.body = 256u << 10;
    order.follow_redirects = false;
    probes.push_back(transport.start(std::move(order)));
  }
  return probes;
}

}  // namespace plugvet
