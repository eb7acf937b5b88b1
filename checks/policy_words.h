#pragma once
#include "harness/support/word_lists.h"

namespace plugvet::checks {

/// checks/words/policy.yaml
const WordLists& policy_words();
/// checks/words/months.yaml: the subjects are the months, in the order of the year.
const WordLists& month_words();

}  // namespace plugvet::checks
