#include "checks/values.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet::checks {

std::string in_quotes(std::string_view text, std::size_t most) {
  return '"' + printable(shortened(text, most)) + '"';
}

std::string_view kind_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return value.get<bool>() ? "the value true" : "the value false";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "a text";
  if (value.is_array()) return "an array";
  return "an object";
}

std::string spoken(std::string_view pointer) {
  std::string out;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const std::string_view step = pointer.substr(0, end);
    const bool is_index =
        !step.empty() && std::all_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_index)
      out += '[' + std::string(step) + ']';
    else
      out += (out.empty() ? "" : ".") + std::string(step);
    pointer.remove_prefix(end);
  }
  return printable(shortened(out, 120));
}

bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace plugvet::checks
