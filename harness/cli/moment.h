#pragma once
#include <chrono>

#include "harness/support/result.h"

namespace plugvet::cli {

/// Where the time of a review comes from.
struct Moment {
  std::chrono::system_clock::time_point fixed{};
  bool is_fixed = false;  ///< by SOURCE_DATE_EPOCH: the same input then gives the same bytes

  std::chrono::system_clock::time_point now() const { return is_fixed ? fixed : std::chrono::system_clock::now(); }
};

/// Reads SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/).
Result<Moment> moment_of_reviews();

}  // namespace plugvet::cli
