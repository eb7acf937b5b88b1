#pragma once
#include <functional>
#include <string>
#include <vector>

#include "harness/authorize/authorization_code.h"

namespace plugvet {

/// What is tried beside the straight way, in this order. All but those marked + must fail.
///
/// At the authorization endpoint, by an account that is signed in:
///   + callback/other-host      the platform's other host, chatgpt.com for chat.openai.com
///   redirect-uri/…             other-host, suffix-host, sub-domain, user-info, backslash, plain-http, other-port,
///                              other-plugin, other-path, encoded-path, added-segment, added-query, trailing-slash,
///                              letter-case, fragment, script, missing, repeated-last, repeated-first
///   + state/missing (it may be refused, too; what must not come back is a state), + state/reserved-characters,
///   + state/long
///   client/unknown, client/missing, response-type/missing, response-type/token, + parameter/unknown
///   session/none               nobody is signed in; expected: asked
/// At the token endpoint, each with a fresh code:
///   code/…                     other-redirect-uri, no-redirect-uri, unknown, empty, expired, other-client
///   secret/…                   wrong, empty, missing, letter-case, truncated
///   client/other-id, grant/missing, grant/unknown, grant/password, request/get, request/other-content-type
///   refresh/…                  unknown, no-client, wrong-secret, wider-scope
/// At last, since a careful server revokes everything then:
///   refresh/reused, code/reused
///
/// `why_not`: nothing is tried, and this is what every attempt says.
std::vector<Attempt> make_attempts(AuthorizationCode& flow, AuthorizationCode::Session& session,
                                   const std::string& replaced_refresh_token,
                                   const std::function<void(std::chrono::milliseconds)>& wait,
                                   const std::string& why_not);

}  // namespace plugvet
