#pragma once
#include <optional>
#include <span>
#include <string>

#include "harness/authorize/client.h"
#include "harness/model/authorization.h"

namespace plugvet {

/// What an operation may be called with.
struct Passes {
  std::string valid, other_account;  ///< tokens; empty: there is none
  std::string no_token_because, no_other_because;
};

/// Calls every operation that declares authentication with and without what lets one in. Operations that may change
/// something are called with `allow_writes` only.
void knock(Client& client, std::span<const OperationCall> calls, const Passes& passes, bool allow_writes,
           Enforcement& enforcement);

/// The call of the first reading operation that was let in, with another token. Empty: none was let in.
std::optional<Request> guarded_call(std::span<const OperationCall> calls, const std::string& token,
                                    const Enforcement& enforcement);
/// Makes it.
std::optional<Exchange> call_again(Client& client, std::span<const OperationCall> calls, const std::string& token,
                                   const Enforcement& enforcement);
/// What became of the token of the first such operation after its expiry, or why that was not tried.
void add_expired(std::optional<Exchange> exchange, const std::string& not_made_because, Enforcement& enforcement);

/// The header that carries a token, as the submission declares it.
Header pass_header(const AuthDeclaration& declaration, const std::string& token);

}  // namespace plugvet
