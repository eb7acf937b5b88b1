#pragma once
#include "harness/model/evidence.h"
#include "harness/support/json.h"

namespace plugvet {

/// The member `authorization` of a review document; null when nothing of it was collected.
Json authorization_json(const Evidence& evidence);

}  // namespace plugvet
