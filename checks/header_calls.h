#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "harness/model/check.h"

namespace plugvet::checks {

// What checks of the platform's headers have in common (harness/authorize/header_calls.h lists the calls).

/// One finding that names every call of these ids that was not answered with 2xx although others of that operation were.
Judgement judge_header_calls(const Enforcement& enforcement, std::initializer_list<std::string_view> ids);

/// Both were answered, and with the same.
bool have_same_body(const Enforcement& enforcement, std::string_view id, std::string_view other);

Finding header_finding(const Enforcement& enforcement, std::string_view id, std::string message, std::string expected,
                       std::string actual);

}  // namespace plugvet::checks
