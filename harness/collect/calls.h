#pragma once
#include <vector>

#include "harness/model/evidence.h"

namespace plugvet {

/// A call of each operation that declares authentication, in the order of the document: of those whose security asks
/// for something; of all when the document declares no security at all, because then the manifest's `auth` holds.
/// Values are the description's examples, else its defaults, else something of the type.
std::vector<OperationCall> operation_calls(const Evidence& evidence);

}  // namespace plugvet
