#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/artefact.h"
#include "harness/model/exchange.h"
#include "harness/support/document.h"

/// What happened when plugvet signed in at a plugin as the chat platform does, and when it tried what must fail. All of
/// it is evidence: nothing here says whether it is right.
namespace plugvet {

/// How a plugin wants its callers to prove who they are.
enum class AuthKind : unsigned char {
  none,
  service_http,  ///< the platform, with one token for everybody
  user_http,     ///< each user, with a token of their own
  oauth,         ///< each user, by the authorization code flow
  api_key,       ///< GPT Actions, M365: a key in a header
  vault,         ///< M365: a reference to what the platform keeps; nothing of it can be tried from here
  unknown,       ///< declared as nothing of these
};
std::string_view name_of(AuthKind kind);

/// What the manifest says of it, or for a platform without one the API description's security schemes.
struct AuthDeclaration {
  AuthKind kind = AuthKind::none;
  Location where;      ///< manifest#/auth, api#/components/securitySchemes/login
  std::string scheme;  ///< of the header Authorization: "bearer" or "basic", as it is written; empty: none
  std::string header;  ///< api_key: the header that carries the key
  /// oauth, as they are written. The manifest calls them client_url and authorization_url.
  std::string authorization_endpoint, token_endpoint;
  std::string scope;
  std::string content_type;  ///< of the token request; without a manifest application/x-www-form-urlencoded
};

/// What may be told of a code, a token or a password. Its value is in Evidence::secrets alone and in no report.
struct SecretFacts {
  std::string name;       ///< "code", "access_token", "password"
  std::size_t number = 0;  ///< equal values have the same number, others another one; from 1
  std::size_t length = 0;  ///< bytes
  double entropy = 0;  ///< bits: Shannon's of its characters times their count, as the OpenID suite measures it
  /// The most characters at the beginning that it shares with an earlier value of the same name.
  std::size_t shared_prefix = 0;
  /// "the SHA-1 of login.fields.email": it can be computed from what others know of the account. Empty: it cannot.
  std::string derived_from;
};

/// A parameter, a form's field, a header or a member of an answer, as a report may show it.
struct ShownField {
  std::string name;
  std::string value;                  ///< empty where it is a secret
  std::optional<SecretFacts> secret;  ///< shown as dots with their length
};

enum class Party : unsigned char { browser, platform, authorization_server, token_endpoint, api };
std::string_view name_of(Party party);  ///< "authorization server"

enum class StepKind : unsigned char {
  authorization_request,
  redirect,  ///< the browser follows one
  form,      ///< the browser sends one that it filled in, or agrees
  callback,  ///< the browser is sent back to the platform; nothing leaves the process
  token_request,
  refresh_request,
  call,  ///< of an operation, with the token
};
std::string_view name_of(StepKind kind);  ///< "token request"

/// One arrow of the sequence diagram and the answer to it.
struct SignInStep {
  StepKind kind = StepKind::authorization_request;
  Party from = Party::browser, to = Party::authorization_server;
  std::vector<ShownField> sent, received;
  std::string note;   ///< "the login form, as the first account"; may be empty
  Exchange exchange;  ///< callback: only the URL
};

/// The callback as the authorization server sent the browser there.
struct Callback {
  std::string url;                  ///< without query and fragment
  std::vector<ShownField> query, fragment;
  std::optional<SecretFacts> code;  ///< in the query
  bool has_state = false, state_is_unchanged = false;
  std::string error, error_description;  ///< OAuth's, in place of a code
};

/// What a token endpoint answered.
struct TokenAnswer {
  Exchange exchange;
  Result<Document> document;  ///< the body as JSON, strictly; the problem says why it is none
  std::optional<SecretFacts> access_token, refresh_token;  ///< under exactly these names, not empty
  bool is_token() const { return access_token.has_value() && exchange.response && exchange.response->status == 200; }
  /// OAuth's `error` member; empty: none.
  std::string error() const;
};

/// How the other side took something.
enum class Reaction : unsigned char {
  granted,     ///< a code at the address asked for; a token; 2xx
  refused,     ///< an error of OAuth's, or a page with a status 4xx; of an API: 401, 403
  asked,       ///< a page that asks on, and could not be got through
  redirected,  ///< to somewhere else, with neither code nor error
  other,       ///< another status: 400, 404, 429 of an API; 200 without a token
  failed,      ///< 5xx
  unanswered,  ///< no usable response; the last exchange has the problem
  not_made,    ///< `actual` says why
};
std::string_view name_of(Reaction reaction);

/// Something that was tried at the authorization or token endpoint beside the straight way.
struct Attempt {
  std::string id;     ///< "redirect-uri/other-host"; harness/authorize/attempts.h lists all
  std::string tried;  ///< for people: "redirect_uri on another host, https://attacker.example/oauth/callback"
  Reaction expected = Reaction::refused;
  Reaction seen = Reaction::not_made;
  std::string actual;   ///< for people: "302 to that address with a code"
  std::string error;    ///< OAuth's error code in the answer; empty: none
  std::vector<Exchange> exchanges;   ///< the last one decided
  std::optional<Callback> callback;  ///< of an attempt at the authorization endpoint that led to one
  std::optional<TokenAnswer> answer;  ///< of an attempt at the token endpoint
};

/// The authorization code flow, as the first account.
struct SignIn {
  AuthDeclaration declaration;
  std::string redirect_uri;
  bool needed_pkce = false;  ///< refused without a code challenge, which the platform does not send; then with one
  std::vector<SignInStep> steps;
  std::optional<Callback> callback;
  std::optional<TokenAnswer> token, refreshed;
  std::optional<Exchange> renewed_call;  ///< of the first operation, with the refreshed token
  /// Why the flow ended before a token was there, and at which step. Blame::user: what the user gave (account, client,
  /// plugin id) is not accepted, so nothing can be said of the plugin.
  std::optional<Problem> broken;
  StepKind broken_at = StepKind::authorization_request;
  std::vector<Attempt> attempts;  ///< in a fixed order; also those not made
  /// The authorization server's description of itself (RFC 8414, OpenID Connect Discovery); empty: it gives none.
  std::optional<Exchange> metadata;

  bool is_oauth() const { return declaration.kind == AuthKind::oauth; }
  const Attempt* attempt(std::string_view id) const;
  const SignInStep* step(StepKind kind) const;  ///< the first of that kind
};

/// What a call is sent with.
enum class Pass : unsigned char {
  valid,           ///< the token that was given or signed in for
  none,            ///< no Authorization header
  empty,           ///< "Bearer" and nothing
  undefined,       ///< "Bearer undefined", as a client sends it that has no token
  wrong,           ///< a random token of the same form
  altered,         ///< the valid token with its last character changed
  other_scheme,    ///< the valid token under another scheme
  expired,         ///< a token after its expires_in
  in_query,        ///< the valid token as ?access_token=
  lower_case,      ///< the valid token under "bearer" in lower case
  forged_headers,  ///< openai-* headers and the platform's user agent alone
  other_account,   ///< the token of the second account, for an object of the first
};
std::string_view name_of(Pass pass);  ///< "no token"

struct AccessAttempt {
  Pass pass = Pass::none;
  Reaction expected = Reaction::refused;
  Reaction seen = Reaction::not_made;
  std::string actual;  ///< for people: "200 with 312 bytes of application/json"; not made: why
  bool same_as_valid = false;  ///< the body is that of Pass::valid
  Exchange exchange;
};

/// A call of an operation that declares authentication, made of the description's examples.
struct OperationCall {
  std::string method, path, id;  ///< "GET", "/todos/{todo_id}", "getTodo"
  Location where;                ///< of the operation in the API description
  std::string server;            ///< "https://todo.example/v1", without the last slash
  std::map<std::string, std::string> path_values;  ///< by the names of path parameters
  std::string query;                               ///< with "?", or empty
  Headers headers;
  std::string body;
  std::string not_possible_because;  ///< there is no server, no value for a required parameter; empty: it is

  bool only_reads() const { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }
};

/// One operation that declares authentication.
struct GuardedOperation {
  std::string method, path, id;  ///< "GET", "/todos/{todo_id}", "getTodo"
  Location where;                ///< of the operation in the API description
  std::string url;               ///< as it was called; empty: it was not
  std::string not_called_because;
  std::vector<AccessAttempt> attempts;
  const AccessAttempt* attempt(Pass pass) const;
};

/// Whether the API asks for what it declares.
struct Enforcement {
  AuthDeclaration declaration;
  std::vector<GuardedOperation> operations;  ///< in the order of the document
  /// Calls of one reading operation, let in, that differ in headers which the platform sends
  /// (harness/authorize/header_calls.h lists them).
  std::vector<Attempt> header_calls;
  /// Why there was no valid token to call with: no credentials were given, the sign-in broke. Empty: there was one.
  std::string no_token_because;
};

/// A value that no report may show.
struct Secret {
  std::string name;  ///< "client_secret", "access_token"
  std::string value;
};

}  // namespace plugvet
