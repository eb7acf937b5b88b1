#pragma once
#include <functional>
#include <optional>
#include <string>

#include "harness/authorize/client.h"
#include "harness/authorize/cookie_jar.h"
#include "harness/authorize/credentials.h"
#include "harness/authorize/journey.h"
#include "harness/authorize/token_endpoint.h"
#include "harness/model/authorization.h"

namespace plugvet {

/// A person with a browser of their own, in place of ours.
struct Person {
  std::string redirect_uri;  ///< where that browser comes back to
  std::function<JourneyEnd(const JourneyPlan&)> travel;
};

/// The authorization code flow at one plugin (RULES.md appendix B), for as many accounts as there are.
class AuthorizationCode {
 public:
  /// Both live longer. The problem: an endpoint that is no URL (the submission's), or what is missing in the
  /// credentials (the user's).
  static Result<AuthorizationCode> make(Client& client, const AuthDeclaration& declaration,
                                        const Credentials& credentials, std::optional<Person> person);

  /// What an account has got.
  struct Session {
    /// Of an account whose browser is not signed in yet.
    static Session of(const Login& login, std::string name) { return {.login = &login, .name = std::move(name)}; }

    CookieJar jar;
    const Login* login = nullptr;  ///< null: nobody signs in, or a person does
    bool by_hand = false;
    std::string name;  ///< "the first account"
    std::string access_token, refresh_token;
    std::optional<std::chrono::seconds> expires_in;
  };

  /// The whole flow up to a token, step by step into `sign_in`; `broken` says why there is none.
  void sign_in(Session& session, SignIn& sign_in);
  /// The refresh, if a refresh token was handed out; the session then has the new tokens.
  void refresh(Session& session, SignIn& sign_in);

  /// Parameters of the authorization request, in the platform's order, with a fresh state.
  Pairs parameters();
  /// Where the browser goes with these.
  JourneyPlan journey(const Session& session, const Pairs& parameters) const;
  /// Sends it on its way, and says where that led.
  JourneyEnd authorize(Session& session, const Pairs& parameters);
  /// A fresh code for a session that is signed in; empty with what prevented it in `why`.
  std::string fresh_code(Session& session, std::string& why);
  /// The same in two steps, for several at once.
  Departure ask_for_code(const Session& session) { return depart(client_, session.jar, journey(session, parameters())); }
  std::string fresh_code(Session& session, Departure departure, std::string& why);

  TokenEndpoint& token_endpoint() { return token_endpoint_; }
  const OauthClient& client() const { return *credentials_.client; }
  const Credentials& credentials() const { return credentials_; }
  const std::string& redirect_uri() const { return redirect_uri_; }
  const std::string& authorization_endpoint() const { return authorization_endpoint_; }
  Client& sender() { return client_; }
  bool is_by_hand() const { return person_.has_value(); }
  /// What a token request for a code must have beside it, where the plugin demanded PKCE; otherwise nothing.
  void add_verifier(Pairs& grant) const;

 private:
  AuthorizationCode(Client& client, const AuthDeclaration& declaration, const Credentials& credentials,
                    std::optional<Person> person);
  void exchange_code(Session& session, const std::string& code, SignIn& sign_in);

  Client& client_;
  const Credentials& credentials_;
  std::optional<Person> person_;
  std::string authorization_endpoint_, scope_, redirect_uri_, verifier_;
  TokenEndpoint token_endpoint_;
};

}  // namespace plugvet
