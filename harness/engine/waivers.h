#pragma once
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "harness/support/document.h"

namespace plugvet {

/// An accepted finding.
struct Waiver {
  std::string check;              ///< an id
  std::string pointer;            ///< JSON Pointer the finding must have; "*" matches any
  std::string reason;             ///< why it is accepted; required
  std::chrono::sys_days expires;  ///< the last day it holds; required
  Position position;              ///< in the waivers file
};

/// Reads plugvet-waivers.yaml (schemas/waivers.schema.json). Problems (Blame::user) name line, column and the nearest
/// word.
Result<std::vector<Waiver>> read_waivers(const Document& document, const std::string& where,
                                         std::span<const std::string_view> check_ids);

}  // namespace plugvet
