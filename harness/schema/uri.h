#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace plugvet::schema {

/// The five parts of a URI reference (RFC 3986, appendix B); every text has them. Views into the text.
struct UriParts {
  std::optional<std::string_view> scheme, authority;
  std::string_view path;
  std::optional<std::string_view> query, fragment;
};

UriParts split_uri(std::string_view text);

/// What `reference` means within a document at `base` (RFC 3986, section 5.2.2), of any scheme.
std::string resolve_uri(std::string_view base, std::string_view reference);

/// "a%20b" is "a b". What is no percent-encoding stays.
std::string percent_decoded(std::string_view text);

}  // namespace plugvet::schema
