#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plugvet {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// RFC 3986: everything but unreserved characters as %XX. `digits` are those of hexadecimal numbers.
std::string percent_encoded(std::string_view text, std::string_view blank = "%20",
                            std::string_view digits = "0123456789ABCDEF");
/// What is no %XX stays as it is.
std::string percent_decoded(std::string_view text, bool plus_is_blank = true);

/// "a=1&b=2", as a query or a form has it.
std::string form_encoded(const Pairs& pairs);
/// The first 200 pairs.
Pairs read_form(std::string_view text);
/// The value of the first pair of that name; null: none.
const std::string* value_of(const Pairs& pairs, std::string_view name);
std::string value_or_empty(const Pairs& pairs, std::string_view name);

}  // namespace plugvet
