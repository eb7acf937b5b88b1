#pragma once
#include <string>
#include <string_view>

#include "harness/model/submission.h"

namespace plugvet::cli {

/// The profile for a submission when the user names none.
struct ChosenProfile {
  std::string_view name;
  std::string_view because;  ///< "it is a loopback address"; empty: the default
};

ChosenProfile choose_profile(const Submission& submission);

}  // namespace plugvet::cli
