#pragma once
#include <chrono>
#include <optional>

#include "harness/model/exchange.h"

namespace plugvet {

/// How long a 429 or 503 asks to be left alone (Retry-After in seconds or as an HTTP date); empty when it does not, or
/// says it in a way that is no answer (negative, several that differ).
std::optional<std::chrono::seconds> asked_rest(const Response& response, std::chrono::system_clock::time_point now);

}  // namespace plugvet
