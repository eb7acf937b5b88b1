#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/support/json.h"

namespace plugvet {

/// What no report may show: Evidence::secrets however they are spelled, and the secrets that a submission shows by mistake,
/// values of members whose names say that they are secret (client_secret, password, api_key, access_token, webhook_secret, …) in
/// manifest and API description.
std::vector<std::string> secrets_in(const Evidence& evidence);

/// Authorization, Cookie, Set-Cookie and their like.
bool is_secret_header(std::string_view name);

/// A URL, or any text with URLs or a form in it, whose parameters with such names, and passwords before the host, have
/// their values masked by as many "x". Masking again changes nothing.
std::string with_masked_parameters(std::string text);
/// A body: its parameters as above, and the values of such members where it is JSON or YAML. Everything stands where it
/// stood and can be read as before.
std::string with_masked_values(std::string body);

/// Replaces every occurrence of a secret in every text of the document by "•••", and masks the parameters of URLs.
void redact(Json& document, const std::vector<std::string>& secrets);

}  // namespace plugvet
