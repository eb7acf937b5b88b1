#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace plugvet::openapi {

/// What a reference consists of: "schemas.yaml#/Todo" is the file schemas.yaml and the fragment /Todo, both decoded.
struct ReferenceParts {
  std::string file;  ///< as it is written; empty: the same file
  std::string fragment;
};
ReferenceParts parts_of(std::string_view reference);

/// "https://…", "file:///…", "//host/…", "urn:…"
bool has_scheme_or_host(std::string_view reference);

/// The name in the submission's folder of what `reference` names beside the file `from`; empty: it lies outside.
std::string name_beside(std::string_view from, std::string_view reference);

}  // namespace plugvet::openapi
