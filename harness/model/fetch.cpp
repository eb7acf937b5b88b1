#include "harness/model/fetch.h"

#include <algorithm>

namespace plugvet {

const Fetch* Fetches::of(Artefact artefact) const {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Fetch& fetch) { return fetch.artefact == artefact; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace plugvet
