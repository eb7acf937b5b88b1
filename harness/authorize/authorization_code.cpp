#include "harness/authorize/authorization_code.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t verifier_length = 64;

const std::string& first_given(const std::string& a, const std::string& b) {
  return a.empty() ? b : a;
}

Problem users(std::string id, std::string what) {
  return {.rung = Rung::url, .id = std::move(id), .what = std::move(what), .where = {}, .blame = Blame::user};
}

/// Why an endpoint cannot be asked; empty when it can.
std::optional<Problem> why_not(std::string_view name, const std::string& text) {
  if (text.empty())
    return Problem{.rung = Rung::url, .id = "sign_in.endpoint", .what = fmt::format("No {} is declared.", name)};
  if (const auto url = Url::parse(text); !url)
    return Problem{.rung = Rung::url,
                   .id = "sign_in.endpoint",
                   .what = fmt::format("The {} is no address to go to: {}", name, url.problem()->what),
                   .where = text};
  return std::nullopt;
}

std::string platform_callback(const Credentials& credentials) {
  if (!credentials.redirect_uri.empty()) return credentials.redirect_uri;
  return "https://chat.openai.com/aip/" + credentials.plugin_id + "/oauth/callback";
}

bool speaks_of_pkce(const JourneyEnd& end) {
  std::string text = end.callback ? end.callback->error_description : std::string{};
  if (text.empty() && end.problem) text = end.problem->what;
  const std::string lower = to_lower_ascii(text);
  return lower.find("code_challenge") != std::string::npos || lower.find("pkce") != std::string::npos ||
         lower.find("code challenge") != std::string::npos;
}

Problem without_code(const JourneyEnd& end) {
  if (end.problem) return *end.problem;
  const Callback& callback = *end.callback;
  const bool is_users = callback.error == "unauthorized_client" || callback.error == "invalid_client";
  return {.rung = Rung::http,
          .id = "sign_in.no_code",
          .what = fmt::format("The browser came back without a code: {}.", end.actual),
          .where = callback.url,
          .blame = is_users ? Blame::user : Blame::submission};
}

/// The client is the user's; a code that is not taken is the plugin's doing.
Problem without_token(const TokenAnswer& answer) {
  if (!answer.exchange.response && answer.exchange.problem) return *answer.exchange.problem;
  const std::string error = answer.error();
  const int status = answer.exchange.response ? answer.exchange.response->status : 0;
  const bool is_users = error == "invalid_client" || error == "unauthorized_client" || status == 401 ||
                        (status == 403 && error.empty());
  std::string what = fmt::format("The token endpoint answers the code with {}.", answer_text(answer));
  if (is_users) what += " Are client_id and client_secret what the plugin knows?";
  return {.rung = Rung::http,
          .id = "sign_in.no_token",
          .what = std::move(what),
          .where = answer.exchange.request.url,
          .blame = is_users ? Blame::user : Blame::submission};
}

}  // namespace

Result<AuthorizationCode> AuthorizationCode::make(Client& client, const AuthDeclaration& declaration,
                                                  const Credentials& credentials, std::optional<Person> person) {
  if (!credentials.client)
    return users("credentials.client", "The credentials have no oauth with client_id and client_secret.");
  if (credentials.plugin_id.empty() && credentials.redirect_uri.empty() && !person)
    return users("credentials.plugin_id", "The credentials have no oauth.plugin_id, of which the redirect_uri is made.");
  if (!credentials.login && !person)
    return users("credentials.login", "The credentials have no login, and --interactive was not given.");
  AuthorizationCode flow{client, declaration, credentials, std::move(person)};
  if (auto problem = why_not("authorization endpoint (client_url)", flow.authorization_endpoint_)) return *problem;
  const std::string& token = first_given(credentials.token_endpoint, declaration.token_endpoint);
  if (auto problem = why_not("token endpoint (authorization_url)", token)) return *problem;
  return flow;
}

AuthorizationCode::AuthorizationCode(Client& client, const AuthDeclaration& declaration, const Credentials& credentials,
                                     std::optional<Person> person)
    : client_{client},
      credentials_{credentials},
      person_{std::move(person)},
      authorization_endpoint_{first_given(credentials.authorization_endpoint, declaration.authorization_endpoint)},
      scope_{first_given(credentials.scope, declaration.scope)},
      redirect_uri_{person_ ? person_->redirect_uri : platform_callback(credentials)},
      token_endpoint_{client, first_given(credentials.token_endpoint, declaration.token_endpoint),
                      first_given(credentials.content_type, declaration.content_type),
                      credentials.client_authentication} {}

Pairs AuthorizationCode::parameters() {
  Pairs parameters{{"response_type", "code"},
                   {"client_id", client().id},
                   {"scope", scope_},
                   {"state", client_.random().uuid()},
                   {"redirect_uri", redirect_uri_}};
  if (!verifier_.empty()) {
    parameters.emplace_back("code_challenge", code_challenge(verifier_));
    parameters.emplace_back("code_challenge_method", "S256");
  }
  return parameters;
}

void AuthorizationCode::add_verifier(Pairs& grant) const {
  if (!verifier_.empty()) grant.emplace_back("code_verifier", verifier_);
}

JourneyPlan AuthorizationCode::journey(const Session& session, const Pairs& parameters) const {
  JourneyPlan plan;
  plan.url = authorization_endpoint_.substr(0, authorization_endpoint_.find('#'));
  plan.url += (plan.url.find('?') == std::string::npos ? "?" : "&") + form_encoded(parameters);
  for (const auto& [name, value] : parameters) {
    if (name == "redirect_uri" && (plan.redirect_uri.empty() || plan.redirect_uri == redirect_uri_))
      plan.redirect_uri = value;
    if (name == "state") plan.state = value;
  }
  plan.usual_redirect_uri = redirect_uri_;
  plan.login = session.login;
  plan.account = session.name;
  return plan;
}

JourneyEnd AuthorizationCode::authorize(Session& session, const Pairs& parameters) {
  JourneyPlan plan = journey(session, parameters);
  if (session.by_hand) return person_->travel(plan);
  return travel(client_, session.jar, depart(client_, session.jar, std::move(plan)));
}

void AuthorizationCode::sign_in(Session& session, SignIn& sign_in) {
  sign_in.redirect_uri = redirect_uri_;
  if (const auto url = Url::parse(authorization_endpoint_); url && session.login)
    for (const auto& [name, value] : session.login->cookies) session.jar.put(*url, name, value);
  JourneyEnd end = authorize(session, parameters());
  if (end.code.empty() && speaks_of_pkce(end)) {
    sign_in.needed_pkce = true;
    verifier_ = client_.random().token(verifier_length);
    client_.secrets().capture("code_verifier", verifier_);
    end = authorize(session, parameters());
  }
  sign_in.steps = std::move(end.steps);
  sign_in.callback = std::move(end.callback);
  if (end.code.empty()) {
    end.callback = sign_in.callback;
    sign_in.broken = without_code(end);
    sign_in.broken_at = end.ended_at;
    return;
  }
  exchange_code(session, end.code, sign_in);
}

void AuthorizationCode::exchange_code(Session& session, const std::string& code, SignIn& sign_in) {
  TokenRequest request{code_grant(code, redirect_uri_), client(), "POST", {}};
  add_verifier(request.parameters);
  TokenReply reply = token_endpoint_.ask(request);
  sign_in.steps.push_back({StepKind::token_request, Party::platform, Party::token_endpoint,
                           token_endpoint_.shown(request), shown_answer(reply.answer, client_.secrets()),
                           {},
                           reply.answer.exchange});
  session.access_token = reply.access_token;
  session.refresh_token = reply.refresh_token;
  session.expires_in = reply.expires_in;
  sign_in.token = std::move(reply.answer);
  if (reply.access_token.empty()) {
    sign_in.broken = without_token(*sign_in.token);
    sign_in.broken_at = StepKind::token_request;
  }
}

void AuthorizationCode::refresh(Session& session, SignIn& sign_in) {
  if (session.refresh_token.empty()) return;
  const TokenRequest request{refresh_grant(session.refresh_token), client(), "POST", {}};
  TokenReply reply = token_endpoint_.ask(request);
  sign_in.steps.push_back({StepKind::refresh_request, Party::platform, Party::token_endpoint,
                           token_endpoint_.shown(request), shown_answer(reply.answer, client_.secrets()),
                           {},
                           reply.answer.exchange});
  sign_in.refreshed = std::move(reply.answer);
  if (!reply.access_token.empty()) session.access_token = reply.access_token;
  if (!reply.refresh_token.empty()) session.refresh_token = reply.refresh_token;
}

std::string AuthorizationCode::fresh_code(Session& session, std::string& why) {
  return fresh_code(session, ask_for_code(session), why);
}

std::string AuthorizationCode::fresh_code(Session& session, Departure departure, std::string& why) {
  JourneyEnd end = travel(client_, session.jar, std::move(departure));
  if (end.code.empty()) why = "no code was to be had for it: " + end.actual;
  return std::move(end.code);
}

}  // namespace plugvet
