#pragma once
#include <cstddef>
#include <memory>

#include "harness/cli/cli.h"
#include "harness/cli/moment.h"
#include "harness/cli/progress.h"
#include "harness/cli/review_options.h"
#include "harness/support/json.h"
#include "harness/transport/transport.h"

namespace plugvet::cli {

/// What came of reviewing all submissions.
struct ReviewRun {
  std::shared_ptr<const Json> documents;  ///< of what was finished: by submission as given, then by profile
  Exit exit = Exit::approved;             ///< the worst verdict; bug when a review threw
  std::size_t finished = 0;               ///< submissions
  bool workers_are_busy = false;          ///< interrupted: threads still use `options` and the transport
};

/// Reviews `options.jobs` submissions at a time. One that throws does not take the others with it. Returns early when
/// the user interrupts.
ReviewRun run_reviews(const ReviewOptions& options, const std::shared_ptr<Transport>& transport, const Moment& moment,
                      Progress& progress);

/// The worse of two statuses: bug, usage, rejected, incomplete, approved.
Exit worse(Exit a, Exit b);

}  // namespace plugvet::cli
