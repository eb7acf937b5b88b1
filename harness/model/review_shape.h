#pragma once
#include <optional>
#include <string>

#include "harness/support/json.h"

namespace plugvet {

/// What keeps a document from being a review, and where.
struct ShapeMistake {
  std::string pointer;
  std::string what;  ///< "/verdict is not one of approved, rejected or incomplete"
};

/// Whether reports can be made of `review`: a member that they build on is missing or of another type than
/// schemas/review.schema.json says. Members that are not known here are let be.
std::optional<ShapeMistake> mistake_in_review(const Json& review);

}  // namespace plugvet
