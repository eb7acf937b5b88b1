#pragma once
#include "harness/openapi/description.h"
#include "harness/support/json.h"

namespace plugvet::openapi {

/// What callers and the model depend on, in a compact form that does not depend on how it is written (references, order):
/// the part `api` of a snapshot (harness/model/snapshot.h). Bounded: what goes beyond is one digest for each operation.
Json snapshot_of(const Description& description);

}  // namespace plugvet::openapi
