#include "harness/support/members.h"

#include <nlohmann/json.hpp>

namespace plugvet {

const Json* member_of(const Json& value, std::string_view name) {
  if (!value.is_object()) return nullptr;
  const auto found = value.find(name);
  return found == value.end() ? nullptr : &*found;
}

const std::string* text_of(const Json& object, std::string_view name) {
  const Json* member = member_of(object, name);
  return member ? member->get_ptr<const std::string*>() : nullptr;
}

std::string_view kind_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return value.get<bool>() ? "the value true" : "the value false";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "a text";
  if (value.is_array()) return "an array";
  return "an object";
}

}  // namespace plugvet
