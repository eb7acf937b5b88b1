#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/authorize/authorization_code.h"

namespace plugvet {

/// What is tried beside the straight way is tried with this.
struct AttemptPlan {
  AuthorizationCode& flow;
  AuthorizationCode::Session& session;  ///< of the first account
  const SignIn& sign_in;                ///< how it went
  std::string replaced_refresh_token;   ///< empty: there is none
  std::string other_token;              ///< of the other account; empty: there is none
  /// Calls the first reading operation that lets the account in. Empty: there is none.
  std::function<std::optional<Exchange>(const std::string& token)> call;
  std::function<void(std::chrono::milliseconds)> wait;
  std::string why_not;  ///< nothing is tried, and this is what every attempt says
};

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
///   markup/…                   client-id, redirect-uri; and where nobody is signed in: state, scope, message. What comes
///                              back in a page must be text there
/// By the same account in a browser that is not signed in yet:
///   + markup/consent-page
///   consent/asked              expected: asked, before there is a code
///   consent/refused            the user does not agree
///   + login/led-astray         the login page is told to go on at the attacker's, and must not
///   + account/replaced         what names the account after the login names the other one: the first one's token comes
/// Without TLS; expected: redirected, to https:
///   plain-http/…               authorization-endpoint, token-endpoint
/// At the token endpoint, each with a fresh code:
///   code/…                     other-redirect-uri, no-redirect-uri, unknown, empty, expired, other-client
///   secret/…                   wrong, empty, missing, letter-case, truncated
///   client/other-id, grant/missing, grant/unknown, grant/password, request/get, request/other-content-type
///   refresh/…                  unknown, no-client, wrong-secret, wider-scope
/// At last, since a careful server revokes everything then, or hears no more:
///   refresh/reused, code/reused
///   revocation/refresh-token, revocation/access-token   used after they were revoked (RFC 7009)
///   guessed/secret             ten wrong ones in a row; refused: the last was answered otherwise than the first
std::vector<Attempt> make_attempts(const AttemptPlan& plan);

}  // namespace plugvet
