#pragma once
#include <string>
#include <string_view>

#include "harness/support/json.h"

namespace plugvet {

/// The member of an object; null when there is none, or when `value` is no object.
const Json* member_of(const Json& value, std::string_view name);
/// The text of a member; null when the object has none of that name, or no text.
const std::string* text_of(const Json& object, std::string_view name);

/// The kind of a JSON value as a noun phrase: "a number", "an object".
std::string_view kind_of(const Json& value);

}  // namespace plugvet
