#include "harness/authorize/entry.h"

#include "harness/authorize/declaration.h"
#include "harness/authorize/enforcement.h"

namespace plugvet {
namespace {

constexpr std::uint64_t another_sign_in = 0x656e747279;  // its `state` is not that of the first one

std::string token_by_oauth(Client& client, const AuthDeclaration& declaration, const Credentials& credentials,
                           std::string& why_not) {
  auto flow = AuthorizationCode::make(client, declaration, credentials, {});
  if (!flow) {
    why_not = flow.problem()->what;
    return {};
  }
  auto session = AuthorizationCode::Session::of(*credentials.login, "the first account");
  SignIn seen;
  flow->sign_in(session, seen);
  if (seen.broken) why_not = "the sign-in did not succeed: " + seen.broken->what;
  return session.access_token;
}

}  // namespace

Entry entry_of(const Evidence& evidence, Transport& transport, const AuthorizeOptions& options) {
  Entry entry;
  const auto declaration = auth_declaration(evidence);
  if (!declaration) {
    entry.none_because = declaration.problem()->what;
    return entry;
  }
  entry.is_asked_for = declaration->kind != AuthKind::none;
  if (!entry.is_asked_for) return entry;
  std::string token;
  if (declaration->kind == AuthKind::vault || declaration->kind == AuthKind::unknown) {
    entry.none_because = "it asks for authentication that cannot be given from here";
  } else if (!options.credentials) {
    entry.none_because = "it asks for authentication; add --credentials FILE";
  } else if (declaration->kind != AuthKind::oauth) {
    token = options.credentials->token;
    if (token.empty()) entry.none_because = "it asks for authentication, and the credentials have no token";
  } else if (options.show_address) {
    entry.none_because = "it asks for authentication, and a person signs in only once";
  } else {
    Client client{transport, options.limits, options.deadline, *options.secrets, options.seed ^ another_sign_in};
    token = token_by_oauth(client, *declaration, *options.credentials, entry.none_because);
  }
  if (!token.empty()) entry.header = pass_header(*declaration, token);
  return entry;
}

}  // namespace plugvet
