#pragma once
#include "harness/model/evidence.h"
#include "harness/support/json.h"

namespace plugvet {

/// What a program is told of a submission that it judges: `plugvet-evidence/1`, valid against
/// schemas/evidence.schema.json. Secrets are masked as in a review. The problem: there are too many to mask them all.
Result<Json> evidence_document(const Evidence& evidence);

}  // namespace plugvet
