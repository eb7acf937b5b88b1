#pragma once
#include <string>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/support/json.h"

namespace plugvet {

/// The secrets that a submission shows by mistake: values of members whose names say that they are secret
/// (client_secret, password, api_key, access_token, …) in manifest and API description, and credentials in URLs.
std::vector<std::string> secrets_in(const Evidence& evidence);

/// Replaces every occurrence of a secret in every text of the document by "•••".
void redact(Json& document, const std::vector<std::string>& secrets);

}  // namespace plugvet
