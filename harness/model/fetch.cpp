#include "harness/model/fetch.h"

#include <algorithm>

namespace plugvet {

std::vector<const Exchange*> Fetch::redirects() const {
  std::vector<const Exchange*> redirects;
  for (std::size_t i = 1; i < hops.size(); ++i)
    if (hops[i].request.url != hops[i - 1].request.url) redirects.push_back(&hops[i - 1]);
  return redirects;
}

const Fetch* Fetches::of(Artefact artefact) const {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Fetch& fetch) { return fetch.artefact == artefact; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace plugvet
