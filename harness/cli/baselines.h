#pragma once
#include <memory>
#include <string>
#include <vector>

#include "harness/cli/arguments.h"
#include "harness/model/snapshot.h"
#include "harness/model/submission.h"

namespace plugvet::cli {

/// One review of the file that --baseline names.
struct EarlierReview {
  std::string source;  ///< the submission, as it was typed
  std::shared_ptr<const Baseline> baseline;
};

/// The reviews of a file. The problem (a usage problem) says what is wrong with it, and where.
Result<std::vector<EarlierReview>> read_baselines(const Given& given);

/// The review of this submission: that of the same source; where one submission is reviewed and the file has one, that one.
Result<std::shared_ptr<const Baseline>> baseline_for(const Submission& submission, const std::vector<EarlierReview>& reviews,
                                                     std::size_t submissions, const Given& given);

}  // namespace plugvet::cli
