#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/arguments.h"
#include "harness/cli/cli.h"
#include "harness/cli/console.h"
#include "harness/authorize/credentials.h"
#include "harness/cli/outputs.h"
#include "harness/engine/engine.h"
#include "harness/engine/waivers.h"
#include "harness/model/secret_book.h"
#include "harness/model/snapshot.h"
#include "harness/model/submission.h"
#include "harness/transport/live.h"

namespace plugvet::cli {

/// One submission and what it is held against, in the order of --profile.
struct Assignment {
  Submission submission;
  std::shared_ptr<const Baseline> baseline;  ///< null: there is none
  std::shared_ptr<const std::vector<Plan>> plans;  ///< a profile's are shared by all that are judged by it
};

/// What `plugvet review` was asked to do, validated: nothing in here can turn out to be the user's mistake later.
struct ReviewOptions {
  std::vector<Assignment> assignments;
  std::vector<Output> outputs;
  std::vector<Waiver> waivers;
  Severity fail_on = Severity::error;
  bool offline = false, allow_private = false, quiet = false, verbose = false;
  bool live = false, allow_writes = false, interactive = false;
  std::shared_ptr<const Credentials> credentials;  ///< null: none were given
  std::shared_ptr<SecretBook> secrets = std::make_shared<SecretBook>();
  std::uint64_t seed = 0;
  std::chrono::milliseconds deadline{300'000};
  double rate = 5;
  std::optional<std::size_t> max_requests;  ///< empty: as many as is polite
  std::optional<std::filesystem::path> record;
  std::shared_ptr<Transport> replay;  ///< answers from the cassette
  ProxyRules proxies;
  std::string ca_file;
  std::vector<ResolveEntry> resolve;
  unsigned jobs = 4;
  When progress = When::automatic, color = When::automatic;
  std::vector<std::string> remarks;  ///< what plugvet chose by itself, and why
};

/// `arguments`: of the command line and the configuration file together.
Result<ReviewOptions> review_options(const Arguments& arguments, const Parts& parts);

}  // namespace plugvet::cli
