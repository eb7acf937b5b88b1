#pragma once
#include <chrono>
#include <optional>

#include "harness/cli/arguments.h"
#include "harness/cli/console.h"
#include "harness/model/check.h"
#include "harness/transport/live.h"

namespace plugvet::cli {

// What options mean. Each problem (Blame::user) says which option, what stands there and what would be right.

/// "90", "90s", "500ms", "2m"; more than zero and at most a day.
Result<std::chrono::milliseconds> duration_of(const Given& given);
/// A number, not negative.
Result<double> rate_of(const Given& given);
/// A whole number from `least` to `most`.
Result<unsigned> whole_number_of(const Given& given, unsigned least, unsigned most);
Result<When> when_of(const Given& given);
Result<Severity> severity_of(const Given& given);
/// "acme.com:443:[::1]:8443"
Result<ResolveEntry> resolve_entry_of(const Given& given);

/// Whether some check has this id, or is in this group (`group/*`); the nearest is offered.
std::optional<Problem> why_no_check(const Given& given, std::span<const Check* const> checks);
bool matches(std::string_view pattern, std::string_view check_id);

}  // namespace plugvet::cli
