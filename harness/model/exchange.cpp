#include "harness/model/exchange.h"

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet {

const std::string* find_header(const Headers& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const Header& header) { return equal_ignoring_case_ascii(header.name, name); });
  return found == headers.end() ? nullptr : &found->value;
}

std::string Response::media_type() const {
  const std::string* value = find_header(headers, "Content-Type");
  if (!value) return {};
  const std::string_view text{*value};
  return to_lower_ascii(trimmed(text.substr(0, text.find(';'))));
}

}  // namespace plugvet
