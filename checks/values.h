#pragma once
#include <string>
#include <string_view>

#include "harness/support/json.h"

namespace plugvet::checks {

/// A piece of the submission as messages show it: in double quotes, shortened, nothing invisible.
std::string in_quotes(std::string_view text, std::size_t most = 60);

/// The kind of a JSON value as a noun phrase: "a number", "an object".
std::string_view kind_of(const Json& value);

/// The text of a member; null when the object has none of that name, or no text.
const std::string* text_of(const Json& object, std::string_view name);
/// The member of an object; null when there is none, or when `value` is no object.
const Json* member_of(const Json& value, std::string_view name);

/// "/api/url" as people write it: "api.url", "runtimes[0].spec.url".
std::string spoken(std::string_view pointer);

bool is_ascii_alphanumeric(char c);

}  // namespace plugvet::checks
