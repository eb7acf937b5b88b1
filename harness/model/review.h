#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/model/check.h"
#include "harness/model/evidence.h"
#include "harness/support/json.h"

namespace plugvet {

enum class Verdict : unsigned char { approved, rejected, incomplete };
std::string_view name_of(Verdict verdict);

/// One check in one review.
struct CheckResult {
  const Check* check = nullptr;
  Severity severity = Severity::error;  ///< the profile's
  Outcome outcome = Outcome::passed;
  std::string reason;
  std::vector<Finding> findings;
  std::vector<Measure> measures;
  std::vector<Quote> quotes;
  std::vector<std::string> waived;  ///< parallel to findings: the reason of the waiver, empty when it counts
  std::chrono::microseconds took{};
  Parameters limits;  ///< of a check that failed
};

/// A waiver that did nothing: it matched no finding, or has expired.
struct IdleWaiver {
  std::string check;
  std::string pointer;
  std::string why;  ///< "expired on 2026-03-01", "matches no finding"
  Position position;
};

/// The whole of one review: a submission judged by one profile.
struct Review {
  std::string tool_version;
  std::chrono::system_clock::time_point started_at;
  std::chrono::milliseconds took{};
  std::uint64_t seed = 0;
  std::string profile, profile_title, profile_about;
  Severity fail_on = Severity::error;
  std::vector<CheckResult> results;  ///< by id
  std::vector<IdleWaiver> idle_waivers;
  Verdict verdict = Verdict::approved;
  std::shared_ptr<const Evidence> evidence;
  std::vector<std::shared_ptr<const Check>> custom_checks;  ///< kept: results point to them
};

/// `in_brief`: results of what failed, without excerpts, and not what the model sees. Writing down what nobody is shown takes as long as judging.
enum class Told : unsigned char { everything, in_brief };

/// The review document, `plugvet-review/1`, valid against schemas/review.schema.json. Secrets are redacted here, once.
Json review_document(const Review& review, Told told = Told::everything);

}  // namespace plugvet
