#include "harness/model/parameters.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace plugvet {

Parameters::Parameters(const Json& object) : object_{std::make_shared<const Json>(object)} {}

const Json& Parameters::member(std::string_view name) const {
  const Json& object = json();
  const auto found = object.find(name);
  if (found == object.end()) throw std::out_of_range{"the profile sets no " + std::string{name}};
  return *found;
}

namespace {
[[noreturn]] void mistyped(std::string_view name, std::string_view wanted) {
  throw std::out_of_range{"the profile's " + std::string{name} + " is not " + std::string{wanted}};
}
}  // namespace

std::size_t Parameters::count(std::string_view name) const {
  const Json& value = member(name);
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0) mistyped(name, "a whole number");
  return value.get<std::size_t>();
}

bool Parameters::flag(std::string_view name) const {
  const Json& value = member(name);
  if (!value.is_boolean()) mistyped(name, "true or false");
  return value.get<bool>();
}

std::string Parameters::text(std::string_view name) const {
  const Json& value = member(name);
  if (!value.is_string()) mistyped(name, "a text");
  return value.get<std::string>();
}

std::vector<std::string> Parameters::list(std::string_view name) const {
  const Json& value = member(name);
  if (!value.is_array()) mistyped(name, "a list");
  std::vector<std::string> items;
  for (const Json& item : value) {
    if (!item.is_string()) mistyped(name, "a list of texts");
    items.push_back(item.get<std::string>());
  }
  return items;
}

bool Parameters::contains(std::string_view name) const {
  return json().contains(name);
}
const Json& Parameters::json() const {
  static const Json none = Json::object();
  return object_ ? *object_ : none;
}

}  // namespace plugvet
