#include "harness/authorize/attempts.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet {
namespace {

using Session = AuthorizationCode::Session;

constexpr std::string_view old_host = "https://chat.openai.com/", new_host = "https://chatgpt.com/";
constexpr std::string_view reserved = "a+b %2B&=/?#";
constexpr std::size_t long_state = 512;
constexpr std::chrono::milliseconds after_the_end{500};

void set(Pairs& pairs, std::string_view name, const std::string& value) {
  for (auto& [known, old] : pairs)
    if (known == name) old = value;
}

void remove(Pairs& pairs, std::string_view name) {
  std::erase_if(pairs, [&](const auto& pair) { return pair.first == name; });
}

std::string swapped_case(std::string text) {
  for (char& c : text)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c = static_cast<char>(c ^ 0x20);
  return text;
}

/// The redirect_uri in its parts, to be put together in other ways.
struct Target {
  std::string whole, scheme, host, path;

  explicit Target(const std::string& uri) : whole{uri} {
    const std::size_t begin = uri.find("//") + 2;
    const std::size_t end = std::min(uri.find('/', begin), uri.size());
    scheme = uri.substr(0, begin);
    host = uri.substr(begin, end - begin);
    path = uri.substr(end);
  }
};

class Attempts {
 public:
  Attempts(AuthorizationCode& flow, Session& session, const std::string& replaced_refresh_token,
           const std::function<void(std::chrono::milliseconds)>& wait, const std::string& why_not)
      : flow_{flow},
        session_{session},
        replaced_refresh_token_{replaced_refresh_token},
        wait_{wait},
        why_not_{why_not},
        target_{flow.redirect_uri()} {}

  std::vector<Attempt> make() {
    at_the_authorization_endpoint();
    at_the_token_endpoint();
    return std::move(attempts_);
  }

 private:
  Attempt& add(std::string id, std::string tried, Reaction expected) {
    Attempt attempt;
    attempt.id = std::move(id);
    attempt.tried = std::move(tried);
    attempt.expected = expected;
    attempt.actual = why_not_;
    return attempts_.emplace_back(std::move(attempt));
  }

  bool may_try(Attempt& attempt) const {
    if (why_not_.empty() && flow_.sender().time_left() <= std::chrono::milliseconds{1})
      attempt.actual = "the time was up";
    return attempt.actual.empty();
  }

  // --- Authorization endpoint ----------------------------------------------------------------------------------------

  using Change = std::function<void(Pairs&)>;

  void authorization(std::string id, std::string tried, Reaction expected, const Change& change) {
    Attempt& attempt = add(std::move(id), std::move(tried), expected);
    if (attempt.actual.empty() && flow_.is_by_hand()) attempt.actual = "with --interactive a person signs in only once";
    if (!may_try(attempt)) return;
    Pairs parameters = flow_.parameters();
    change(parameters);
    conclude(attempt, flow_.authorize(session_, parameters));
  }

  static void conclude(Attempt& attempt, JourneyEnd end) {
    attempt.seen = end.reaction;
    attempt.actual = std::move(end.actual);
    if (end.callback) attempt.error = end.callback->error;
    attempt.callback = std::move(end.callback);
    for (SignInStep& step : end.steps)
      if (step.kind != StepKind::callback) attempt.exchanges.push_back(std::move(step.exchange));
  }

  void redirect_uri(const char* name, std::string_view about, const std::string& uri) {
    authorization(fmt::format("redirect-uri/{}", name), fmt::format("redirect_uri {}: {}", about, uri),
                  Reaction::refused, [&](Pairs& parameters) { set(parameters, "redirect_uri", uri); });
  }

  void at_the_authorization_endpoint() {
    other_callback_host();
    redirect_uris();
    states();
    authorization("client/unknown", "a client_id that was never registered", Reaction::refused, [&](Pairs& parameters) {
      set(parameters, "client_id", flow_.sender().random().like(flow_.client().id + "a0"));
    });
    authorization("client/missing", "no client_id", Reaction::refused,
                  [](Pairs& parameters) { remove(parameters, "client_id"); });
    authorization("response-type/missing", "no response_type", Reaction::refused,
                  [](Pairs& parameters) { remove(parameters, "response_type"); });
    authorization("response-type/token", "response_type=token, the implicit flow", Reaction::refused,
                  [](Pairs& parameters) { set(parameters, "response_type", "token"); });
    authorization("parameter/unknown", "a parameter that OAuth does not know", Reaction::granted,
                  [](Pairs& parameters) { parameters.emplace_back("plugvet_unknown", "1"); });
    without_session();
  }

  void other_callback_host() {
    std::string other = target_.whole;
    if (other.starts_with(old_host))
      other.replace(0, old_host.size(), new_host);
    else if (other.starts_with(new_host))
      other.replace(0, new_host.size(), old_host);
    const std::string tried = fmt::format("the platform's other callback host: {}", other);
    if (other == target_.whole) {
      Attempt& attempt = add("callback/other-host", "the platform's other callback host", Reaction::granted);
      if (attempt.actual.empty()) attempt.actual = "the redirect_uri was given and is not the platform's";
      return;
    }
    authorization("callback/other-host", tried, Reaction::granted,
                  [&](Pairs& parameters) { set(parameters, "redirect_uri", other); });
  }

  void redirect_uris() {
    const std::string evil{attackers_host};
    const auto& [whole, scheme, host, path] = target_;
    redirect_uri("other-host", "on another host", scheme + evil + path);
    redirect_uri("suffix-host", "on a host that only begins like the platform's", scheme + host + "." + evil + path);
    redirect_uri("sub-domain", "on a host below the platform's", scheme + "other." + host + path);
    redirect_uri("user-info", "with the platform's host as user name", scheme + host + "@" + evil + path);
    redirect_uri("backslash", "with a backslash that browsers read as a slash", scheme + evil + "\\@" + host + path);
    redirect_uri("plain-http", "without TLS", (scheme == "http://" ? "https://" : "http://") + host + path);
    redirect_uri("other-port", "on another port", scheme + host.substr(0, host.find(':')) + ":8443" + path);
    other_plugin();
    redirect_uri("other-path", "that climbs to another path", whole + "/../../other");
    redirect_uri("encoded-path", "that climbs to another path, percent-encoded", whole + "/%2e%2e/%2e%2e/other");
    redirect_uri("added-segment", "with a segment more", whole + "/more");
    redirect_uri("added-query", "with a query", whole + "?next=https%3A%2F%2F" + evil);
    redirect_uri("trailing-slash", "with a slash more", whole + "/");
    const std::size_t last = path.rfind('/');
    redirect_uri("letter-case", "in other letter case",
                 scheme + host + path.substr(0, last + 1) + swapped_case(path.substr(std::min(last + 1, path.size()))));
    redirect_uri("fragment", "with a fragment", whole + "#" + evil);
    redirect_uri("script", "that is a script", "javascript:alert(1)//" + host + path);
    authorization("redirect-uri/missing", "no redirect_uri", Reaction::refused,
                  [](Pairs& parameters) { remove(parameters, "redirect_uri"); });
    const std::string other = scheme + evil + path;
    authorization("redirect-uri/repeated-last", "redirect_uri twice, the second on another host", Reaction::refused,
                  [&](Pairs& parameters) { parameters.emplace_back("redirect_uri", other); });
    authorization("redirect-uri/repeated-first", "redirect_uri twice, the first on another host", Reaction::refused,
                  [&](Pairs& parameters) { parameters.insert(parameters.begin(), {"redirect_uri", other}); });
  }

  void other_plugin() {
    const std::string& id = flow_.credentials().plugin_id;
    std::string other = target_.whole;
    const std::size_t at = id.empty() ? std::string::npos : other.find("/" + id + "/");
    if (at == std::string::npos) {
      Attempt& attempt = add("redirect-uri/other-plugin", "redirect_uri of another plugin", Reaction::refused);
      if (attempt.actual.empty()) attempt.actual = "the redirect_uri was given and names no plugin";
      return;
    }
    const std::size_t kind = std::min(id.find('-'), id.size());  // "plugin-", "g-"
    other.replace(at + 1, id.size(), id.substr(0, kind) + flow_.sender().random().like(id.substr(kind)));
    redirect_uri("other-plugin", "of another plugin", other);
  }

  void states() {
    authorization("state/missing", "no state", Reaction::granted,
                  [](Pairs& parameters) { remove(parameters, "state"); });
    authorization("state/reserved-characters", "a state of characters that must be encoded", Reaction::granted,
                  [&](Pairs& parameters) {
                    set(parameters, "state", std::string{reserved} + flow_.sender().random().token(20));
                  });
    authorization("state/long", fmt::format("a state of {} characters", long_state), Reaction::granted,
                  [&](Pairs& parameters) { set(parameters, "state", flow_.sender().random().token(long_state)); });
  }

  void without_session() {
    Attempt& attempt = add("session/none", "nobody signed in", Reaction::asked);
    if (!may_try(attempt)) return;
    Session nobody;
    conclude(attempt, flow_.authorize(nobody, flow_.parameters()));
  }

  // --- Token endpoint --------------------------------------------------------------------------------------------------

  using Prepare = std::function<void(TokenRequest&)>;

  /// `prepare` changes a request that would be right.
  void with_code(std::string id, std::string tried, const Prepare& prepare, bool needs_code = true) {
    Attempt& attempt = add(std::move(id), std::move(tried), Reaction::refused);
    if (attempt.actual.empty() && flow_.is_by_hand() && needs_code)
      attempt.actual = "with --interactive there is only one code";
    if (!may_try(attempt)) return;
    const std::string code = needs_code ? flow_.fresh_code(session_, attempt.actual) : "none";
    if (code.empty()) return;
    TokenRequest request = right_request(code);
    prepare(request);
    conclude(attempt, flow_.token_endpoint().ask(request));
  }

  TokenRequest right_request(const std::string& code) const {
    TokenRequest request{code_grant(code, flow_.redirect_uri()), flow_.client(), "POST", {}};
    flow_.add_verifier(request.parameters);
    return request;
  }

  void with_refresh_token(std::string id, std::string tried, const Prepare& prepare) {
    Attempt& attempt = add(std::move(id), std::move(tried), Reaction::refused);
    if (attempt.actual.empty() && session_.refresh_token.empty()) attempt.actual = "no refresh token was handed out";
    if (!may_try(attempt)) return;
    TokenRequest request{refresh_grant(session_.refresh_token), flow_.client(), "POST", {}};
    prepare(request);
    TokenReply reply = flow_.token_endpoint().ask(request);
    if (!reply.refresh_token.empty()) session_.refresh_token = reply.refresh_token;
    conclude(attempt, std::move(reply));
  }

  static void conclude(Attempt& attempt, TokenReply reply) {
    attempt.seen = reaction_of(reply.answer);
    attempt.actual = answer_text(reply.answer);
    attempt.error = reply.answer.error();
    attempt.exchanges.push_back(reply.answer.exchange);
    attempt.answer = std::move(reply.answer);
  }

  void at_the_token_endpoint() {
    codes();
    secrets();
    grants();
    refreshes();
    reuses();
  }

  void codes() {
    with_code("code/other-redirect-uri", "a code with another redirect_uri than it was issued for",
              [&](TokenRequest& request) {
                set(request.parameters, "redirect_uri",
                    target_.scheme + std::string{attackers_host} + target_.path);
              });
    with_code("code/no-redirect-uri", "a code without the redirect_uri that it was issued for",
              [](TokenRequest& request) { remove(request.parameters, "redirect_uri"); });
    with_code("code/unknown", "a code that was never issued", [&](TokenRequest& request) {
      // Not like the real one: in a replay that looks different.
      set(request.parameters, "code", flow_.sender().random().token(value_of(request.parameters, "code")->size()));
    });
    with_code(
        "code/empty", "an empty code", [](TokenRequest& request) { set(request.parameters, "code", ""); }, false);
    expired_code();
    other_client();
  }

  void expired_code() {
    const auto lifetime = flow_.credentials().code_lifetime;
    if (lifetime && (*lifetime + after_the_end) < flow_.sender().time_left()) {
      with_code("code/expired", fmt::format("a code after {} s", lifetime->count()),
                [&](TokenRequest&) { wait_(*lifetime + after_the_end); });
      return;
    }
    Attempt& attempt = add("code/expired", "a code that has expired", Reaction::refused);
    if (attempt.actual.empty())
      attempt.actual = lifetime ? "there was no time to wait for it" : "the credentials have no oauth.code_lifetime";
  }

  void other_client() {
    if (flow_.credentials().other_client) {
      with_code("code/other-client", "a code redeemed by another client",
                [&](TokenRequest& request) { request.client = flow_.credentials().other_client; });
      return;
    }
    Attempt& attempt = add("code/other-client", "a code redeemed by another client", Reaction::refused);
    if (attempt.actual.empty()) attempt.actual = "the credentials have no oauth.other_client";
  }

  void secret(const char* name, std::string_view about, const std::function<void(std::string&)>& change) {
    with_code(fmt::format("secret/{}", name), std::string{about},
              [&](TokenRequest& request) { change(request.client->secret); });
  }

  void secrets() {
    secret("wrong", "a wrong client_secret", [&](std::string& text) { text = flow_.sender().random().like(text + "0"); });
    secret("empty", "an empty client_secret", [](std::string& text) { text.clear(); });
    with_code("secret/missing", "no client_secret", [&](TokenRequest& request) {
      request.client.reset();
      request.parameters.insert(request.parameters.begin() + 1, {"client_id", flow_.client().id});
    });
    if (swapped_case(flow_.client().secret) != flow_.client().secret)
      secret("letter-case", "the client_secret in other letter case", [](std::string& text) { text = swapped_case(text); });
    secret("truncated", "the client_secret without its last character", [](std::string& text) { text.pop_back(); });
  }

  void grants() {
    with_code("client/other-id", "the right client_secret under a client_id that was never registered",
              [&](TokenRequest& request) { request.client->id = flow_.sender().random().like(flow_.client().id + "a0"); });
    with_code("grant/missing", "no grant_type",
              [](TokenRequest& request) { remove(request.parameters, "grant_type"); });
    with_code("grant/unknown", "a grant_type that does not exist",
              [](TokenRequest& request) { set(request.parameters, "grant_type", "plugvet_unknown"); });
    with_code(
        "grant/password", "grant_type=password",
        [&](TokenRequest& request) {
          // Made-up values: the account's are for the login page. What is refused for them alone is a grant that exists.
          request.parameters = {{"grant_type", "password"},
                                {"username", "someone@example.com"},
                                {"password", flow_.sender().random().token(20)}};
        },
        false);
    with_code("request/get", "everything in the query of a GET request",
              [](TokenRequest& request) { request.method = "GET"; });
    with_code("request/other-content-type", "a body of another content type than declared", [](TokenRequest& request) {
      request.content_type = "text/plain";
    });
  }

  void refreshes() {
    with_refresh_token("refresh/unknown", "a refresh token that was never issued", [&](TokenRequest& request) {
      set(request.parameters, "refresh_token", flow_.sender().random().token(session_.refresh_token.size()));
    });
    with_refresh_token("refresh/no-client", "a refresh token without client_id and client_secret",
                       [](TokenRequest& request) { request.client.reset(); });
    with_refresh_token("refresh/wrong-secret", "a refresh token with a wrong client_secret", [&](TokenRequest& request) {
      request.client->secret = flow_.sender().random().like(request.client->secret + "0");
    });
    with_refresh_token("refresh/wider-scope", "a refresh for a scope that was never granted",
                       [](TokenRequest& request) { request.parameters.emplace_back("scope", "plugvet:everything"); });
  }

  void reuses() {
    Attempt& refresh = add("refresh/reused", "a refresh token after it was replaced", Reaction::refused);
    if (refresh.actual.empty() && replaced_refresh_token_.empty())
      refresh.actual = session_.refresh_token.empty() ? "no refresh token was handed out"
                                                      : "the refresh token is not replaced when it is used";
    if (may_try(refresh))
      conclude(refresh, flow_.token_endpoint().ask({refresh_grant(replaced_refresh_token_), flow_.client(), "POST", {}}));
    with_code("code/reused", "a code a second time",
              [&](TokenRequest& request) { static_cast<void>(flow_.token_endpoint().ask(request)); });
  }

  AuthorizationCode& flow_;
  Session& session_;
  const std::string& replaced_refresh_token_;
  const std::function<void(std::chrono::milliseconds)>& wait_;
  const std::string& why_not_;
  const Target target_;
  std::vector<Attempt> attempts_;
};

}  // namespace

std::vector<Attempt> make_attempts(AuthorizationCode& flow, Session& session, const std::string& replaced_refresh_token,
                                   const std::function<void(std::chrono::milliseconds)>& wait,
                                   const std::string& why_not) {
  return Attempts{flow, session, replaced_refresh_token, wait, why_not}.make();
}

}  // namespace plugvet
