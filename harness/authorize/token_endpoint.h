#pragma once
#include <optional>
#include <string>

#include "harness/authorize/client.h"
#include "harness/authorize/credentials.h"
#include "harness/model/authorization.h"

namespace plugvet {

/// One request to a token endpoint, as it is to be sent.
struct TokenRequest {
  Pairs parameters;                    ///< without the client
  std::optional<OauthClient> client;   ///< empty: nobody says who it is
  std::string method = "POST";         ///< GET: everything stands in the query
  std::string content_type;            ///< empty: the declared one
};

/// An answer, and what stands in it.
struct TokenReply {
  TokenAnswer answer;
  std::string access_token, refresh_token;  ///< empty: none
  std::optional<std::chrono::seconds> expires_in;
};

/// The plugin's token endpoint as the platform's back end asks it. What it hands out is kept secret at once.
class TokenEndpoint {
 public:
  TokenEndpoint(Client& client, std::string url, std::string content_type, ClientAuthentication how)
      : client_{client}, url_{std::move(url)}, content_type_{std::move(content_type)}, how_{how} {}

  TokenReply ask(const TokenRequest& request) { return read(exchange_of(start(request).get())); }
  /// The same in two steps, for several at once.
  std::future<Fetch> start(const TokenRequest& request) { return client_.start(request_of(request, url_)); }
  TokenReply read(Exchange exchange);
  /// The same at another endpoint that takes the client's word in the same way (RFC 7009); its answer is no token.
  Exchange tell(const std::string& url, const TokenRequest& request) { return client_.send(request_of(request, url)); }
  const std::string& url() const { return url_; }
  /// The parameters as they were sent, for the sequence diagram.
  std::vector<ShownField> shown(const TokenRequest& request) const;

 private:
  Request request_of(const TokenRequest& request, const std::string& url) const;

  Client& client_;
  std::string url_, content_type_;
  ClientAuthentication how_;
};

Pairs code_grant(const std::string& code, const std::string& redirect_uri);
Pairs refresh_grant(const std::string& refresh_token);

/// How the endpoint took a request: granted (a token), refused (an error of OAuth's or 4xx), failed, …
Reaction reaction_of(const TokenAnswer& answer);
/// "400 with the error invalid_grant"
std::string answer_text(const TokenAnswer& answer);
/// The members of an answer, as reports show them.
std::vector<ShownField> shown_answer(const TokenAnswer& answer, const SecretBook& secrets);

}  // namespace plugvet
