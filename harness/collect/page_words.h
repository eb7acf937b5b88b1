#pragma once
#include "harness/support/word_lists.h"

namespace plugvet {

/// The words of harness/collect/words/pages.yaml.
const WordLists& page_words();

}  // namespace plugvet
