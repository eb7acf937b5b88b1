#include <fmt/format.h>

#include <algorithm>

#include "harness/authorize/attempt_list.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

using Session = AuthorizationCode::Session;
using Change = std::function<void(Pairs&)>;

constexpr std::string_view old_host = "https://chat.openai.com/", new_host = "https://chatgpt.com/";
constexpr std::string_view reserved = "a+b %2B&=/?#";
constexpr std::string_view markup = "\"'><x-plugvet>";  // checks look for the element
constexpr std::size_t long_state = 512;
constexpr std::size_t shortest_name = 4;  // of an account, to be told from other text

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

/// In every way in which a page may write it, what names one account and what would name the other.
Pairs renamings(const Login& first, const Login& other) {
  Pairs all;
  for (const auto& [name, value] : first.fields) {
    const auto given = std::ranges::find(other.fields, name, &std::pair<std::string, std::string>::first);
    if (given == other.fields.end() || is_secret_name(name) || value.size() < shortest_name) continue;
    const auto from = derivations_of(value), to = derivations_of(given->second);
    for (std::size_t i = 0; i < from.size(); ++i) {
      all.emplace_back(from[i].value, to[i].value);
      const std::string encoded = percent_encoded(from[i].value);
      if (encoded != from[i].value) all.emplace_back(encoded, percent_encoded(to[i].value));
    }
  }
  return all;
}

class AuthorizationAttempts {
 public:
  AuthorizationAttempts(const AttemptPlan& plan, AttemptList& attempts)
      : plan_{plan}, flow_{plan.flow}, attempts_{attempts}, target_{flow_.redirect_uri()} {}

  void make() {
    with_session();
    come_back();
    with_new_session();
    without_tls();
  }

 private:
  RandomValues& random() { return flow_.sender().random(); }

  // --- By an account that is signed in: all at once, and one answer after the other -----------------------------------

  struct Away {
    std::size_t attempt = 0;
    Departure departure;
  };

  void authorization(std::string id, std::string tried, Reaction expected, const Change& change,
                     std::string not_possible_because = {}) {
    Attempt& attempt = attempts_.add(std::move(id), std::move(tried), expected, std::move(not_possible_because));
    if (attempt.actual.empty() && flow_.is_by_hand()) attempt.actual = "with --interactive a person signs in only once";
    if (!attempts_.may_try(attempt)) return;
    Pairs parameters = flow_.parameters();
    change(parameters);
    send_off(plan_.session, parameters);
  }

  void send_off(const Session& session, const Pairs& parameters) {
    away_.push_back({attempts_.size() - 1, depart(flow_.sender(), session.jar, flow_.journey(session, parameters))});
  }

  void come_back() {
    for (Away& one : away_) {
      Session nobody;
      Session& session = one.departure.plan.login ? plan_.session : nobody;
      conclude(attempts_[one.attempt], travel(flow_.sender(), session.jar, std::move(one.departure)));
    }
    away_.clear();
  }

  void with_session() {
    other_callback_host();
    redirect_uris();
    states();
    authorization("client/unknown", "a client_id that was never registered", Reaction::refused, [&](Pairs& parameters) {
      set_value(parameters, "client_id", random().like(flow_.client().id + "a0"));
    });
    authorization("client/missing", "no client_id", Reaction::refused,
                  [](Pairs& parameters) { remove_value(parameters, "client_id"); });
    authorization("response-type/missing", "no response_type", Reaction::refused,
                  [](Pairs& parameters) { remove_value(parameters, "response_type"); });
    authorization("response-type/token", "response_type=token, the implicit flow", Reaction::refused,
                  [](Pairs& parameters) { set_value(parameters, "response_type", "token"); });
    authorization("parameter/unknown", "a parameter that OAuth does not know", Reaction::granted,
                  [](Pairs& parameters) { parameters.emplace_back("plugvet_unknown", "1"); });
    without_session("session/none", "nobody signed in", [](Pairs&) {});
    markup_in_requests();
  }

  void markup_in_requests() {
    authorization("markup/client-id", "a client_id with HTML in it", Reaction::refused, [&](Pairs& parameters) {
      set_value(parameters, "client_id", flow_.client().id + std::string{markup});
    });
    authorization("markup/redirect-uri", "a redirect_uri with HTML in it", Reaction::refused, [&](Pairs& parameters) {
      set_value(parameters, "redirect_uri", target_.whole + "?a=" + std::string{markup});
    });
    without_session("markup/state", "a state with HTML in it", [](Pairs& parameters) { add_markup(parameters, "state"); });
    without_session("markup/scope", "a scope with HTML in it", [](Pairs& parameters) { add_markup(parameters, "scope"); });
    without_session("markup/message", "a message with HTML in it", add_markup_of_messages);
  }

  static void add_markup(Pairs& parameters, std::string_view name) {
    for (auto& [known, value] : parameters)
      if (known == name) value += markup;
  }

  static void add_markup_of_messages(Pairs& parameters) {
    for (const char* name : {"error", "error_description", "message"})
      parameters.emplace_back(name, "x" + std::string{markup});
  }

  void other_callback_host() {
    std::string other = target_.whole;
    if (other.starts_with(old_host))
      other.replace(0, old_host.size(), new_host);
    else if (other.starts_with(new_host))
      other.replace(0, new_host.size(), old_host);
    const bool is_platforms = other != target_.whole;
    authorization("callback/other-host", "the platform's other callback host" + (is_platforms ? ": " + other : ""),
                  Reaction::granted, [&](Pairs& parameters) { set_value(parameters, "redirect_uri", other); },
                  is_platforms ? "" : "the redirect_uri was given and is not the platform's");
  }

  void redirect_uri(const char* name, std::string_view about, const std::string& uri) {
    authorization(fmt::format("redirect-uri/{}", name), fmt::format("redirect_uri {}: {}", about, uri),
                  Reaction::refused, [&](Pairs& parameters) { set_value(parameters, "redirect_uri", uri); });
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
                  [](Pairs& parameters) { remove_value(parameters, "redirect_uri"); });
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
      attempts_.add("redirect-uri/other-plugin", "redirect_uri of another plugin", Reaction::refused,
                    "the redirect_uri was given and names no plugin");
      return;
    }
    const std::size_t kind = std::min(id.find('-'), id.size());  // "plugin-", "g-"
    other.replace(at + 1, id.size(), id.substr(0, kind) + random().like(id.substr(kind)));
    redirect_uri("other-plugin", "of another plugin", other);
  }

  void states() {
    authorization("state/missing", "no state", Reaction::granted,
                  [](Pairs& parameters) { remove_value(parameters, "state"); });
    authorization("state/reserved-characters", "a state of characters that must be encoded", Reaction::granted,
                  [&](Pairs& parameters) {
                    set_value(parameters, "state", std::string{reserved} + random().token(20));
                  });
    authorization("state/long", fmt::format("a state of {} characters", long_state), Reaction::granted,
                  [&](Pairs& parameters) { set_value(parameters, "state", random().token(long_state)); });
  }

  void without_session(std::string id, std::string tried, const Change& change) {
    Attempt& attempt = attempts_.add(std::move(id), std::move(tried), Reaction::asked);
    if (!attempts_.may_try(attempt)) return;
    Pairs parameters = flow_.parameters();
    change(parameters);
    send_off({}, parameters);
  }

  // --- By the first account in another browser: one after the other, since each may end what the one before began -----

  /// Why nobody can sign in anew.
  std::string no_new_session() const {
    if (flow_.is_by_hand()) return "with --interactive a person signs in only once";
    return plan_.session.login->fields.empty() ? "there is no login page when cookies of a browser are given" : "";
  }

  void fresh(std::string id, std::string tried, Reaction expected, const Change& change,
             const std::function<void(JourneyPlan&)>& prepare, std::string not_possible_because = {}) {
    if (not_possible_because.empty()) not_possible_because = no_new_session();
    Attempt& attempt = attempts_.add(std::move(id), std::move(tried), expected, std::move(not_possible_because));
    if (!attempts_.may_try(attempt)) return;
    Session session = Session::of(*plan_.session.login, plan_.session.name);
    Pairs parameters = flow_.parameters();
    change(parameters);
    JourneyPlan journey = flow_.journey(session, parameters);
    prepare(journey);
    finish(attempt, travel(flow_.sender(), session.jar, depart(flow_.sender(), session.jar, std::move(journey))));
  }

  void finish(Attempt& attempt, JourneyEnd end) {
    const bool is_replaced = end.has_replaced, was_asked = end.was_asked;
    const std::string code = end.code;
    const std::string problem = end.problem ? end.problem->id : "";
    conclude(attempt, std::move(end));
    if (problem == "sign_in.no_refusal") attempt.seen = Reaction::not_made;
    if (attempt.id == "consent/refused") return conclude_consent(attempt, was_asked);
    if (attempt.id != "account/replaced") return;
    if (!is_replaced) return leave(attempt, "no request after the login names the account");
    if (!code.empty()) tell_whose(attempt, code);
  }

  /// The same journey says whether there was anything to refuse.
  void conclude_consent(Attempt& refused, bool was_asked) {
    Attempt& asked = *(&refused - 1);
    if (was_asked || refused.seen == Reaction::granted) asked.seen = was_asked ? Reaction::asked : Reaction::granted;
    asked.actual = was_asked ? "a page that wants agreement" : refused.actual;
    asked.exchanges = refused.exchanges;
    if (!was_asked) leave(refused, "no page asked whether the user agrees");
  }

  static void leave(Attempt& attempt, std::string why) {
    attempt.seen = Reaction::not_made;
    attempt.actual = std::move(why);
  }

  /// The last three exchanges: the same call with the token of this code, with the first account's and the other's.
  void tell_whose(Attempt& attempt, const std::string& code) {
    TokenRequest request{code_grant(code, flow_.redirect_uri()), flow_.client(), "POST", {}};
    flow_.add_verifier(request.parameters);
    TokenReply reply = flow_.token_endpoint().ask(request);
    const std::string token = reply.access_token;
    conclude(attempt, std::move(reply));
    if (token.empty()) return;
    for (const std::string& one : {token, plan_.session.access_token, plan_.other_token})
      if (auto exchange = plan_.call(one)) attempt.exchanges.push_back(std::move(*exchange));
  }

  void with_new_session() {
    const auto nothing = [](auto&) {};
    fresh("markup/consent-page", "all of these, for a user who signs in", Reaction::granted,
          [](Pairs& parameters) {
            add_markup(parameters, "state");
            add_markup_of_messages(parameters);
          },
          nothing);
    attempts_.add("consent/asked", "a user who has not agreed yet", Reaction::asked, no_new_session());
    fresh("consent/refused", "a user who does not agree", Reaction::refused, nothing,
          [](JourneyPlan& journey) { journey.refuses = true; });
    fresh("login/led-astray", fmt::format("a login page that is told to go on at https://{}/", attackers_host),
          Reaction::granted, nothing, [](JourneyPlan& journey) { journey.leads_astray = true; });
    const auto& other = flow_.credentials().other_login;
    fresh("account/replaced", "the other account's name in every request after the login", Reaction::granted, nothing,
          [&](JourneyPlan& journey) { journey.replacing = renamings(*plan_.session.login, *other); },
          !other                     ? "the credentials have no other_login"
          : plan_.other_token.empty() ? "the other account could not sign in"
                                      : "");
  }

  // --- Without TLS ------------------------------------------------------------------------------------------------------

  void without_tls() {
    plain_http("authorization-endpoint", "the authorization endpoint", flow_.authorization_endpoint(), "GET");
    plain_http("token-endpoint", "the token endpoint", flow_.token_endpoint().url(), "POST");
  }

  /// Nothing that is secret is sent there.
  void plain_http(const char* name, std::string_view endpoint, const std::string& address, const char* method) {
    const auto url = Url::parse(address);
    const bool is_usual = url && url->is_https() && url->port() == 443;
    Attempt& attempt = attempts_.add(fmt::format("plain-http/{}", name), fmt::format("{} without TLS", endpoint),
                                     Reaction::redirected, is_usual ? "" : "it is not at the port 443");
    if (!attempts_.may_try(attempt)) return;
    Request request;
    request.method = method;
    request.url = "http://" + url->host() + url->path();
    if (request.method == "POST") {
      request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
      request.body = "grant_type=authorization_code";
    }
    conclude(attempt, flow_.sender().send(std::move(request)));
  }

  const AttemptPlan& plan_;
  AuthorizationCode& flow_;
  AttemptList& attempts_;
  const Target target_;
  std::vector<Away> away_;
};

}  // namespace

void try_authorization_endpoint(const AttemptPlan& plan, AttemptList& attempts) {
  AuthorizationAttempts{plan, attempts}.make();
}

}  // namespace plugvet
