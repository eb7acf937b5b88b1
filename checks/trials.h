#pragma once
#include <string>

#include "harness/model/check.h"

namespace plugvet::checks {

/// One finding for each operation whose trial of that kind had an effect. `why`: what is wrong with it, a sentence. Not
/// applicable where nothing of the kind could be tried.
Judgement judge_trials(const Probing& probing, const Evidence& evidence, TrialKind kind, const std::string& why,
                       const std::string& not_tried);

}  // namespace plugvet::checks
