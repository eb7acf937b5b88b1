#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "harness/model/profile.h"
#include "harness/support/document.h"

namespace plugvet {

/// A check that was made at run time; it lives as long as somebody holds it.
struct CustomCheck {
  std::shared_ptr<const Check> check;
  std::string program;  ///< the file that judges; empty: a JSONPath does
};

/// Reads `custom_checks` of a profile (docs/custom-checks.md); none where there are none. `known`: the checks whose ids
/// are taken. `where` is the profile's file: paths of programs are relative to its folder. `manifest`: what the
/// profile's platform reads. The problem (Blame::user) names line and column and says what to do.
Result<std::vector<CustomCheck>> read_custom_checks(const Document& document, const std::string& where,
                                                    ManifestKind manifest, std::span<const Check* const> known);

}  // namespace plugvet
