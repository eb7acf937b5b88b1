#pragma once
#include <string>
#include <string_view>

#include "harness/support/result.h"

namespace plugvet::checks {

// A check's remedy fits whatever breaks its requirement. What only one cause needs is the last sentence of the message.

/// What a finding says of the problem behind it.
struct Cause {
  std::string_view seen;    ///< a noun phrase for `actual`: "an expired certificate"
  std::string_view advice;  ///< what to do about this cause alone, a sentence; may be empty
};
Cause cause_of(const Problem& problem);

/// What was seen, and then the advice.
std::string message_of(const Problem& problem);

/// Adds a sentence to a message; nothing when it is empty.
void append_sentence(std::string& message, std::string_view sentence);

}  // namespace plugvet::checks
