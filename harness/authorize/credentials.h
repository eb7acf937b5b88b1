#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/authorization.h"
#include "harness/support/document.h"
#include "harness/support/result.h"

namespace plugvet {

/// Who signs in: what the plugin's login pages ask for.
struct Login {
  std::vector<std::pair<std::string, std::string>> fields;  ///< the names of form fields and what goes into them
  std::vector<std::pair<std::string, std::string>> cookies;  ///< of a browser that is signed in already
  std::vector<std::string> origins;  ///< other hosts whose login pages may be told them
  std::string consent;               ///< the button that agrees, by its text, name or value; empty: the first
};

/// The client that the plugin knows the chat platform as.
struct OauthClient {
  std::string id, secret;
};

/// How a chat platform introduces itself when it asks for a token.
enum class ClientAuthentication : unsigned char { body, header };

/// What one plugin's owner gives to have it reviewed whole. It is read from a file that nobody else can read, or from
/// the environment, and sent nowhere but where it belongs.
struct Credentials {
  std::string token, other_token;  ///< service_http, user_http, api_key; basic: user:password or what that encodes to
  std::optional<OauthClient> client, other_client;
  ClientAuthentication client_authentication = ClientAuthentication::body;
  std::string plugin_id;     ///< "plugin-…", "g-…": part of the redirect_uri
  std::string redirect_uri;  ///< in place of the platform's
  /// In place of what the submission declares; GPT Actions know them from a form.
  std::string authorization_endpoint, token_endpoint, scope, content_type;
  std::optional<std::chrono::seconds> code_lifetime;  ///< short enough to wait for
  std::optional<Login> login, other_login;

  /// All values that no report may show, with their names.
  std::vector<Secret> secrets() const;
};

/// Reads credentials, strictly (schemas/credentials.schema.json). `where` is the path, or the name of the variable.
Result<Credentials> read_credentials(const std::string& text, const std::string& where);
/// The same from a file. The problem (Blame::user) also says when its group or others can read it.
Result<Credentials> read_credentials_file(const std::string& path);

}  // namespace plugvet
