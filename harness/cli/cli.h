#pragma once
#include <iosfwd>
#include <span>

#include "harness/model/check.h"
#include "harness/support/embedded.h"
#include "harness/support/json.h"
#include "reports/report.h"

namespace plugvet {


namespace cli {

/// Exit statuses of the contract.
enum class Exit : int { approved = 0, rejected = 1, usage = 2, incomplete = 3, bug = 70, interrupted = 130 };

/// What the program is made of besides the harness; `main` hands it over.
struct Parts {
  std::span<const Check* const> checks;
  std::span<const EmbeddedFile> profiles;
  std::span<const ReportFormat* const> reports;
};

/// Runs one command line.
int run(int argc, const char* const* argv, const Parts& parts);

}  // namespace cli
}  // namespace plugvet
