#pragma once
#include <chrono>
#include <vector>

#include "harness/model/check.h"
#include "harness/process/child.h"

namespace plugvet {

/// Judges by a program of the user's: it reads the evidence document and prints findings as JSON lines. Whatever else
/// it does is `crashed`, never a pass.
struct ProgramJudge {
  Program program;
  std::chrono::milliseconds timeout{10'000};
  /// Of manifest, api and logo: without one of these nothing is judged. Empty: manifest and API description, as far as
  /// the profile's platform has them.
  std::vector<Artefact> required;

  Needs needs() const;
  Ruling rule_on(const Evidence& evidence) const;
};

}  // namespace plugvet
