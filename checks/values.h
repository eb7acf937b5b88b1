#pragma once
#include <string>
#include <string_view>

#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {

/// "/api/url" as people write it: "api.url", "runtimes[0].spec.url".
std::string spoken(std::string_view pointer);

bool is_ascii_alphanumeric(char c);

}  // namespace plugvet::checks
