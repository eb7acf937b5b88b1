#pragma once
#include <string_view>

#include "harness/model/check.h"
#include "harness/model/snapshot.h"

namespace plugvet::checks {

/// A finding for each change since the earlier review that `is_meant`; not applicable without one (--baseline).
Judgement judge_changes(const Evidence& evidence, bool (*is_meant)(const Change&), std::string_view expected);

}  // namespace plugvet::checks
