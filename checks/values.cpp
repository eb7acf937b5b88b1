#include "checks/values.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet::checks {

namespace {

/// A step of a JSON Pointer as it is in the document (RFC 6901, section 4).
std::string unescaped(std::string_view step) {
  std::string name;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool is_escape = step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1');
    name += !is_escape ? step[i] : step[++i] == '0' ? '~' : '/';
  }
  return name;
}

}  // namespace

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
      out += (out.empty() ? "" : ".") + unescaped(step);
    pointer.remove_prefix(end);
  }
  return printable(shortened(out, 120));
}

bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace plugvet::checks
