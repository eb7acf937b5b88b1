#pragma once
#include <span>
#include <string>

#include "harness/authorize/client.h"
#include "harness/model/authorization.h"

namespace plugvet {

/// Calls one reading operation again and again, with headers that the chat platform sends (RULES.md appendix C), into
/// Enforcement::header_calls, in this order:
///   header/none                                   what the others are held against
///   header/…   location, other-location, unknown-location, ephemeral-user, other-ephemeral-user, conversation,
///              other-conversation, plugin-traffic, gpt-traffic
/// It is the first operation that lets `token` in; where nobody needs one, the first that can be called. There may be none.
void call_with_headers(Client& client, std::span<const OperationCall> calls, const std::string& token,
                       Enforcement& enforcement);

/// What tells the platform's calls apart; anybody can send it.
Headers platform_headers();

}  // namespace plugvet
