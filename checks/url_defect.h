#pragma once
#include <optional>
#include <string>

#include "harness/model/check.h"

namespace plugvet::checks {

/// A URL that the manifest writes down, and what its place allows.
struct WrittenPlace {
  std::string pointer;
  bool may_be_relative = false;    ///< resolvable references only, or another check speaks of them
  bool may_have_fragment = false;  ///< a page for people may be opened at a heading
};

/// What is wrong with a URL as it is written; none where the member is missing, no text, or a placeholder.
std::optional<Finding> judge_url(const Manifest& manifest, const WrittenPlace& place);

}  // namespace plugvet::checks
