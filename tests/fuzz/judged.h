#pragma once
#include <cstdlib>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "checks/all.h"
#include "harness/engine/engine.h"
#include "harness/engine/profiles.h"

namespace plugvet::fuzz {

/// Judges evidence by a shipped profile and writes the review document; a check that throws is a defect of ours.
inline void judge_by(const char* profile_name, Evidence evidence) {
  const ProfileLibrary library{shipped_profiles(), checks::all()};
  const auto profile = library.load(profile_name);
  if (!profile) std::abort();
  const auto plan = make_plan(*profile, checks::all(), {}, {});
  if (!plan) std::abort();
  evidence.not_collected_because = "it is not there";
  const Review review = judge(*plan, std::make_shared<const Evidence>(std::move(evidence)), {});
  for (const CheckResult& result : review.results)
    if (result.outcome == Outcome::crashed) {
      std::cerr << result.check->info.id << ": " << result.reason << '\n';
      std::abort();
    }
  if (review_document(review).empty()) std::abort();
}

}  // namespace plugvet::fuzz
