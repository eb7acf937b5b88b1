#pragma once
#include <memory>
#include <optional>
#include <string>

#include "harness/authorize/authorize.h"

namespace plugvet {

/// What calls of the API are let in with.
struct Entry {
  std::optional<Header> header;  ///< empty: nothing is needed, or nothing is to be had
  std::string none_because;      ///< why nothing is to be had; empty: nothing is needed
  bool is_asked_for = false;     ///< the submission declares authentication
};

/// The token that was given; for OAuth a fresh one, since what was tried before may have ended the others.
Entry entry_of(const Evidence& evidence, Transport& transport, const AuthorizeOptions& options);

}  // namespace plugvet
