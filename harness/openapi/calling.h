#pragma once
#include <string>

#include "harness/openapi/description.h"

namespace plugvet::openapi {

/// Where an operation is called: its first server, resolved against the place of the document, without the last slash.
/// Empty: there is none.
std::string call_address(const Operation& operation, const ApiDescription& api);

/// The operation's security asks for something.
bool asks_for_authentication(const Operation& operation);
/// Something in the document speaks of security; where nothing does, the manifest's `auth` holds for all of it.
bool speaks_of_security(const Description& description);

}  // namespace plugvet::openapi
