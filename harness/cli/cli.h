#pragma once
#include <chrono>
#include <span>

#include "harness/model/check.h"
#include "harness/support/embedded.h"
#include "reports/report.h"

namespace plugvet::cli {

/// Exit statuses of the contract. Of several, the worst is reported: bug, usage, rejected, incomplete, approved.
enum class Exit : int {
  approved = 0,
  rejected = 1,
  usage = 2,
  incomplete = 3,
  bug = 70,
  interrupted = 130,  ///< SIGINT; SIGTERM: 143
  terminated = 143,
};

/// What the program is made of besides the harness; `main` hands it over.
struct Parts {
  std::span<const Check* const> checks;
  std::span<const EmbeddedFile> profiles;
  std::span<const ReportFormat* const> reports;
};

/// Runs one command line. The only place that catches what nobody expected.
/// SOURCE_DATE_EPOCH, when set, is the moment of a review, and all durations in its document are 0 (reproducible
/// reports).
int run(int argc, const char* const* argv, const Parts& parts);

}  // namespace plugvet::cli
