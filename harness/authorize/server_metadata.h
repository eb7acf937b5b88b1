#pragma once
#include <optional>
#include <string>

#include "harness/authorize/client.h"

namespace plugvet {

/// What the authorization server says of itself, at one of its two usual addresses (RFC 8414, OpenID Connect Discovery);
/// empty: nothing. `endpoint`: any of its endpoints.
std::optional<Exchange> server_metadata(Client& client, const std::string& endpoint);

/// The revocation endpoint that it names, if it is where the token endpoint is: nothing that is secret goes elsewhere.
/// Empty: none.
std::string revocation_endpoint(const std::optional<Exchange>& metadata, const std::string& token_endpoint);

}  // namespace plugvet
