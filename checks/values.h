#pragma once
#include <string>
#include <string_view>

#include "harness/support/members.h"

namespace plugvet::checks {

/// A piece of the submission as messages show it: in double quotes, shortened, nothing invisible.
std::string in_quotes(std::string_view text, std::size_t most = 60);

/// The kind of a JSON value as a noun phrase: "a number", "an object".
std::string_view kind_of(const Json& value);

/// "/api/url" as people write it: "api.url", "runtimes[0].spec.url".
std::string spoken(std::string_view pointer);

bool is_ascii_alphanumeric(char c);

}  // namespace plugvet::checks
