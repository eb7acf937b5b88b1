#pragma once
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/json.h"
#include "tests/cli/front_door.h"
#include "tests/rig/canary.h"

namespace plugvet::faults {

using cli_tests::Ended;
using cli_tests::Folder;

/// One `plugvet review` of something hostile.
struct Trial {
  std::vector<std::string> words;           ///< after "review": submissions and options
  std::chrono::milliseconds budget{8'000};  ///< it has to end within this and one second
  std::vector<int> statuses = {0, 1, 3};    ///< how it may end
  bool again = false;                       ///< a second run must find the same
  long memory_kib = 256 << 10;
  std::map<std::string, std::string> environment = {};
  std::vector<rig::Canary*> canaries = {};  ///< nobody may connect there
  std::vector<std::string> under = {};      ///< a program that starts plugvet: {"prlimit", "--nofile=32"}
};

/// What is left of it to look at.
struct Reviewed {
  Ended ended;
  Json documents;                              ///< always an array
  std::map<std::string, std::string> reports;  ///< by format

  const Json& document(std::size_t i = 0) const { return documents[i]; }
  /// "passed", "failed", "blocked", …; "" when the check was not part of the review.
  std::string outcome(std::string_view check, std::size_t i = 0) const;
  /// Whether a finding, a reason or a problem of an artefact contains the words.
  bool says(std::string_view words, std::size_t i = 0) const;
  /// What the artefact ("manifest", "api", "logo", "legal_page") could not be had for: the id; "" where it was had.
  std::string problem(std::string_view artefact, std::size_t i = 0) const;
};

/// Reviews through the front door, into a report of every format, and demands what must hold of every run whatever it
/// met
/// (the ten invariants): it ends in time and within its memory, by a status of the contract that agrees with the
/// verdicts; every check of the profile is in the review, with a reason or a sentence where it is not green, and
/// nothing
/// that was not tested is; every report is there, well-formed and inert; no secret of secrets.h is in any of them nor
/// on the
/// terminal; nobody came to a canary; no file appeared but those asked for; and, where asked, a second run finds the
/// same.
Reviewed review(const Folder& here, const Trial& trial);

/// What SECURITY.md says in figures: ci/faults shows what was measured ("promise: figures"), lines of one kind counted.
void tell_figure(const std::string& line);

/// Options that leave few checks, but some of every artefact, for a trial of very many submissions; none where all is
/// asked for (ci/faults).
std::vector<std::string> few_checks();

/// A review without what differs from run to run.
Json without_times(Json documents);

}  // namespace plugvet::faults
