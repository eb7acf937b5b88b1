#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "harness/support/json.h"

namespace plugvet {

/// What is wrong with the limits that a profile sets for a check, and where beneath them: "/accepted/1".
struct LimitMistake {
  std::string pointer;
  std::string what;  ///< "accepted: png is no image format; did you mean PNG?"
};

/// Whether a profile may set the limit `name`, which is `shipped` so far, to `wanted`. The shipped value declares what
/// is legal: a whole number takes whole numbers (days and percent within their range), true or false takes that, and a
/// text or a list of texts whose words are all of one kind (image formats, media types, …) takes words of that kind.
std::optional<LimitMistake> mistake_in_limit(const std::string& name, const Json& shipped, const Json& wanted);

/// Two limits of one check that contradict one another: a minimum above the maximum.
std::optional<LimitMistake> contradiction_in_limits(const Json& limits);

}  // namespace plugvet
