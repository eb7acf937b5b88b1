#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "harness/authorize/attempt_list.h"
#include "harness/authorize/server_metadata.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

using Prepare = std::function<void(TokenRequest&)>;

constexpr std::chrono::milliseconds after_the_end{500};
constexpr int most_guesses = 10;
constexpr std::size_t fewest_at_once = 3;  // to be worth finding out whether they can be

class TokenAttempts {
 public:
  TokenAttempts(const AttemptPlan& plan, AttemptList& attempts)
      : plan_{plan}, flow_{plan.flow}, session_{plan.session}, attempts_{attempts} {}

  void make() {
    codes();
    secrets();
    grants();
    carry_out();
    refreshes();
    reuses();
    revocations();
    guesses();
  }

 private:
  RandomValues& random() { return flow_.sender().random(); }

  /// An attempt that waits until all are known.
  struct Planned {
    std::size_t attempt = 0;
    Prepare prepare;
    bool needs_code = true;
    Departure departure;
    std::string code;
    std::future<Fetch> answer;
  };

  /// `prepare` changes a request that would be right.
  void with_code(std::string id, std::string tried, Prepare prepare, bool needs_code = true,
                 std::string not_possible_because = {}) {
    Attempt& attempt = attempts_.add(std::move(id), std::move(tried), Reaction::refused, std::move(not_possible_because));
    if (attempt.actual.empty() && flow_.is_by_hand() && needs_code)
      attempt.actual = "with --interactive there is only one code";
    if (attempts_.may_try(attempt)) planned_.push_back({attempts_.size() - 1, std::move(prepare), needs_code, {}, {}, {}});
  }

  /// All at once where a code does not end the one before it; otherwise each by itself.
  void carry_out() {
    std::vector<Planned> planned = std::exchange(planned_, {});
    if (planned.size() < fewest_at_once || !codes_live_side_by_side())
      for (Planned& one : planned) carry_out({&one, 1});
    else
      carry_out(planned);
  }

  void carry_out(std::span<Planned> planned) {
    for (Planned& one : planned)
      if (one.needs_code) one.departure = flow_.ask_for_code(session_);
    for (Planned& one : planned)
      one.code = one.needs_code ? flow_.fresh_code(session_, std::move(one.departure), attempts_[one.attempt].actual) : "none";
    for (Planned& one : planned) {
      if (one.code.empty()) continue;
      TokenRequest request = right_request(one.code);
      one.prepare(request);
      one.answer = flow_.token_endpoint().start(request);
    }
    for (Planned& one : planned)
      if (one.answer.valid())
        conclude(attempts_[one.attempt], flow_.token_endpoint().read(exchange_of(one.answer.get())));
  }

  bool codes_live_side_by_side() {
    std::string why;
    const std::string first = flow_.fresh_code(session_, why), second = flow_.fresh_code(session_, why);
    return !first.empty() && !second.empty() && !flow_.token_endpoint().ask(right_request(first)).access_token.empty();
  }

  TokenRequest right_request(const std::string& code) const {
    TokenRequest request{code_grant(code, flow_.redirect_uri()), flow_.client(), "POST", {}};
    flow_.add_verifier(request.parameters);
    return request;
  }

  void with_refresh_token(std::string id, std::string tried, const Prepare& prepare) {
    Attempt& attempt = attempts_.add(std::move(id), std::move(tried), Reaction::refused,
                                     session_.refresh_token.empty() ? "no refresh token was handed out" : "");
    if (!attempts_.may_try(attempt)) return;
    TokenRequest request{refresh_grant(session_.refresh_token), flow_.client(), "POST", {}};
    prepare(request);
    TokenReply reply = flow_.token_endpoint().ask(request);
    if (!reply.refresh_token.empty()) session_.refresh_token = reply.refresh_token;
    conclude(attempt, std::move(reply));
  }

  void codes() {
    with_code("code/other-redirect-uri", "a code with another redirect_uri than it was issued for",
              [&](TokenRequest& request) {
                std::string other = flow_.redirect_uri();
                const std::size_t host = other.find("//") + 2;
                other.replace(host, std::min(other.find('/', host), other.size()) - host, attackers_host);
                set_value(request.parameters, "redirect_uri", other);
              });
    with_code("code/no-redirect-uri", "a code without the redirect_uri that it was issued for",
              [](TokenRequest& request) { remove_value(request.parameters, "redirect_uri"); });
    with_code("code/unknown", "a code that was never issued", [&](TokenRequest& request) {
      // Not like the real one: in a replay that looks different.
      set_value(request.parameters, "code", random().token(value_of(request.parameters, "code")->size()));
    });
    with_code(
        "code/empty", "an empty code", [](TokenRequest& request) { set_value(request.parameters, "code", ""); }, false);
    expired_code();
    const auto& other = flow_.credentials().other_client;
    with_code("code/other-client", "a code redeemed by another client",
              [&other](TokenRequest& request) { request.client = other; }, true,
              other ? "" : "the credentials have no oauth.other_client");
  }

  /// By itself, or the codes of all others would be too old as well.
  void expired_code() {
    const auto lifetime = flow_.credentials().code_lifetime;
    const bool has_time = lifetime && *lifetime + after_the_end < flow_.sender().time_left();
    const std::size_t others = planned_.size();
    with_code("code/expired", lifetime ? fmt::format("a code after {} s", lifetime->count()) : "a code that has expired",
              [&](TokenRequest&) { plan_.wait(*lifetime + after_the_end); }, true,
              has_time    ? ""
              : lifetime ? "there was no time to wait for it"
                         : "the credentials have no oauth.code_lifetime");
    if (planned_.size() == others) return;
    carry_out({&planned_.back(), 1});
    planned_.pop_back();
  }

  void secret(const char* name, std::string_view about, const std::function<void(std::string&)>& change) {
    with_code(fmt::format("secret/{}", name), std::string{about},
              [change](TokenRequest& request) { change(request.client->secret); });
  }

  void secrets() {
    secret("wrong", "a wrong client_secret", [&](std::string& text) { text = random().like(text + "0"); });
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
              [&](TokenRequest& request) { request.client->id = random().like(flow_.client().id + "a0"); });
    with_code("grant/missing", "no grant_type",
              [](TokenRequest& request) { remove_value(request.parameters, "grant_type"); });
    with_code("grant/unknown", "a grant_type that does not exist",
              [](TokenRequest& request) { set_value(request.parameters, "grant_type", "plugvet_unknown"); });
    with_code(
        "grant/password", "grant_type=password",
        [&](TokenRequest& request) {
          // Made-up values: the account's are for the login page. What is refused for them alone is a grant that exists.
          request.parameters = {
              {"grant_type", "password"}, {"username", "someone@example.com"}, {"password", random().token(20)}};
        },
        false);
    with_code("request/get", "everything in the query of a GET request",
              [](TokenRequest& request) { request.method = "GET"; });
    with_code("request/other-content-type", "a body of another content type than declared",
              [](TokenRequest& request) { request.content_type = "text/plain"; });
  }

  void refreshes() {
    with_refresh_token("refresh/unknown", "a refresh token that was never issued", [&](TokenRequest& request) {
      set_value(request.parameters, "refresh_token", random().token(session_.refresh_token.size()));
    });
    with_refresh_token("refresh/no-client", "a refresh token without client_id and client_secret",
                       [](TokenRequest& request) { request.client.reset(); });
    with_refresh_token("refresh/wrong-secret", "a refresh token with a wrong client_secret", [&](TokenRequest& request) {
      request.client->secret = random().like(request.client->secret + "0");
    });
    with_refresh_token("refresh/wider-scope", "a refresh for a scope that was never granted",
                       [](TokenRequest& request) { request.parameters.emplace_back("scope", "plugvet:everything"); });
  }

  void reuses() {
    const std::string& replaced = plan_.replaced_refresh_token;
    Attempt& refresh = attempts_.add("refresh/reused", "a refresh token after it was replaced", Reaction::refused,
                                     !replaced.empty()                ? ""
                                     : session_.refresh_token.empty() ? "no refresh token was handed out"
                                                                      : "the refresh token is not replaced when it is used");
    if (attempts_.may_try(refresh))
      conclude(refresh, flow_.token_endpoint().ask({refresh_grant(replaced), flow_.client(), "POST", {}}));
    with_code("code/reused", "a code a second time",
              [&](TokenRequest& request) { static_cast<void>(flow_.token_endpoint().ask(request)); });
    carry_out();
  }

  // --- Revocation (RFC 7009), where the server says that it has it ----------------------------------------------------

  void revocations() {
    const std::string endpoint = revocation_endpoint(plan_.sign_in.metadata, flow_.token_endpoint().url());
    revocation("refresh-token", "a refresh token after it was revoked", endpoint, [&](Attempt& attempt, TokenReply& tokens) {
      if (tokens.refresh_token.empty()) return void(attempt.actual = "no refresh token was handed out");
      if (!is_revoked(attempt, endpoint, tokens.refresh_token, "refresh_token")) return;
      conclude(attempt, flow_.token_endpoint().ask({refresh_grant(tokens.refresh_token), flow_.client(), "POST", {}}));
    });
    revocation("access-token", "an access token after it was revoked", endpoint, [&](Attempt& attempt, TokenReply& tokens) {
      const auto before = plan_.call(tokens.access_token);
      if (!before || reaction_of(*before) != Reaction::granted)
        return void(attempt.actual = "no reading operation lets the account in");
      const auto stranger = plan_.call(random().token(tokens.access_token.size()));
      if (!stranger || reaction_of(*stranger) != Reaction::refused)
        return void(attempt.actual = "the API does not refuse a token that was never issued");
      if (!is_revoked(attempt, endpoint, tokens.access_token, "access_token")) return;
      if (auto exchange = plan_.call(tokens.access_token)) conclude(attempt, std::move(*exchange));
    });
  }

  void revocation(const char* name, std::string tried, const std::string& endpoint,
                  const std::function<void(Attempt&, TokenReply&)>& use) {
    Attempt& attempt =
        attempts_.add(fmt::format("revocation/{}", name), std::move(tried), Reaction::refused,
                      flow_.is_by_hand()  ? "with --interactive there is only one code"
                      : endpoint.empty() ? "the authorization server names no revocation endpoint at its own host"
                                         : "");
    if (!attempts_.may_try(attempt)) return;
    const std::string code = flow_.fresh_code(session_, attempt.actual);
    if (code.empty()) return;
    TokenReply tokens = flow_.token_endpoint().ask(right_request(code));
    if (tokens.access_token.empty()) return void(attempt.actual = "no token was to be had for it");
    use(attempt, tokens);
  }

  bool is_revoked(Attempt& attempt, const std::string& endpoint, const std::string& token, const char* kind) {
    const TokenRequest request{{{"token", token}, {"token_type_hint", kind}}, flow_.client(), "POST", {}};
    Exchange answer = flow_.token_endpoint().tell(endpoint, request);
    const bool is_done = answer.response && answer.response->status == 200;
    if (!is_done) attempt.actual = "the revocation itself was answered " + answer_text(answer);
    attempt.exchanges.push_back(std::move(answer));
    return is_done;
  }

  // --- Guessing -----------------------------------------------------------------------------------------------------------

  /// No more than ten, and none after an answer that is not like the first.
  void guesses() {
    Attempt& attempt = attempts_.add("guessed/secret", fmt::format("{} wrong secrets in a row", most_guesses),
                                     Reaction::refused);
    std::pair<int, std::string> first;  // its status and error
    for (int i = 1; i <= most_guesses && attempts_.may_try(attempt); ++i) {
      TokenRequest request = right_request(random().token(20));
      request.client->secret = random().like(request.client->secret + "0");
      TokenReply reply = flow_.token_endpoint().ask(request);
      const int status = reply.answer.exchange.response ? reply.answer.exchange.response->status : 0;
      const std::pair seen{status, reply.answer.error()};
      if (i == 1) first = seen;
      const std::string answer = answer_text(reply.answer);
      attempt.exchanges.push_back(std::move(reply.answer.exchange));
      if (status != 0 && seen == first && i < most_guesses) continue;
      attempt.seen = status == 0     ? Reaction::unanswered
                     : seen == first ? Reaction::other
                                     : Reaction::refused;
      attempt.actual = seen == first
                           ? fmt::format("{} times {}", i, answer)
                           : fmt::format("{} after {}", answer, counted(static_cast<std::size_t>(i - 1), "wrong one"));
      return;
    }
  }

  const AttemptPlan& plan_;
  AuthorizationCode& flow_;
  AuthorizationCode::Session& session_;
  AttemptList& attempts_;
  std::vector<Planned> planned_;
};

}  // namespace

void try_token_endpoint(const AttemptPlan& plan, AttemptList& attempts) {
  TokenAttempts{plan, attempts}.make();
}

}  // namespace plugvet
