#include "harness/cli/moment.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "harness/cli/arguments.h"
#include "harness/support/text.h"

namespace plugvet::cli {

Result<Moment> moment_of_reviews() {
  const char* variable = std::getenv("SOURCE_DATE_EPOCH");
  if (!variable || !*variable) return Moment{};
  const std::string_view text = variable;
  long long seconds = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr long long end_of_9999 = 253'402'300'799;
  if (error != std::errc{} || rest != text.data() + text.size() || seconds < 0 || seconds > end_of_9999)
    return usage_problem("SOURCE_DATE_EPOCH: " + printable(text) + " is not a number of seconds since 1970.");
  return Moment{std::chrono::system_clock::time_point{std::chrono::seconds{seconds}}, true};
}

}  // namespace plugvet::cli
