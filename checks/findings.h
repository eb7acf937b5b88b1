#pragma once
#include "harness/model/check.h"

namespace plugvet::checks {

/// Keeps the first findings and says how many more there are: one document must not fill a report.
Judgement summarised(Judgement judgement, std::size_t most = 20);

}  // namespace plugvet::checks
