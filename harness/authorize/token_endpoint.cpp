#include "harness/authorize/token_endpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr double longest_life = 1e9;  // seconds

bool is_json(std::string_view content_type) {
  return to_lower_ascii(trimmed(content_type.substr(0, content_type.find(';')))) == "application/json";
}

std::string member(const TokenAnswer& answer, std::string_view pointer) {
  const Json* value = answer.document ? answer.document->find(pointer) : nullptr;
  const auto* text = value ? value->get_ptr<const std::string*>() : nullptr;
  return text ? *text : std::string{};
}

Result<Document> body_of(const Exchange& exchange) {
  if (!exchange.response)
    return exchange.problem ? *exchange.problem
                            : Problem{.rung = Rung::http, .id = "http.empty_response", .what = "There was no answer."};
  auto document = parse_json(exchange.response->body, exchange.request.url);
  if (!document || document->root().is_object()) return document;
  return Problem{.rung = Rung::schema,
                 .id = "token.not_an_object",
                 .what = "The answer of the token endpoint is JSON, but no object.",
                 .where = exchange.request.url};
}

}  // namespace

Request TokenEndpoint::request_of(const TokenRequest& asked, const std::string& url) const {
  Request request;
  request.method = asked.method;
  request.url = url;
  request.headers.push_back({"Accept", "application/json"});
  Pairs parameters = asked.parameters;
  if (asked.client && how_ == ClientAuthentication::header) {
    const std::string both = percent_encoded(asked.client->id) + ":" + percent_encoded(asked.client->secret);
    request.headers.push_back({"Authorization", "Basic " + base64(both)});
  } else if (asked.client) {
    // In the order of the platform's documentation, behind the grant type.
    const auto at = parameters.begin() + std::min<std::ptrdiff_t>(1, std::ssize(parameters));
    parameters.insert(at, {{"client_id", asked.client->id}, {"client_secret", asked.client->secret}});
  }
  if (asked.method == "GET") {
    request.url += (url.find('?') == std::string::npos ? "?" : "&") + form_encoded(parameters);
    return request;
  }
  const std::string type = !asked.content_type.empty() ? asked.content_type
                           : content_type_.empty()     ? std::string{form_type}
                                                       : content_type_;
  request.headers.push_back({"Content-Type", type});
  if (is_json(type)) {
    Json body = Json::object();
    for (const auto& [name, value] : parameters) body[name] = value;
    request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  } else {
    request.body = form_encoded(parameters);
  }
  return request;
}

std::vector<ShownField> TokenEndpoint::shown(const TokenRequest& request) const {
  Pairs all = request.parameters;
  if (request.client) {
    all.emplace_back("client_id", request.client->id);
    all.emplace_back("client_secret", request.client->secret);
  }
  return shown_fields(all, client_.secrets());
}

TokenReply TokenEndpoint::read(Exchange exchange) {
  Result<Document> document = body_of(exchange);
  TokenReply reply{{std::move(exchange), std::move(document), {}, {}}, {}, {}, {}};
  TokenAnswer& answer = reply.answer;
  reply.access_token = member(answer, "/access_token");
  reply.refresh_token = member(answer, "/refresh_token");
  SecretBook& secrets = client_.secrets();
  if (!reply.access_token.empty()) answer.access_token = secrets.capture("access_token", reply.access_token);
  if (!reply.refresh_token.empty()) answer.refresh_token = secrets.capture("refresh_token", reply.refresh_token);
  // What is handed out under other names is secret too.
  for (const char* name : {"/id_token", "/accessToken", "/refreshToken", "/token", "/data/access_token"})
    if (const std::string value = member(answer, name); !value.empty()) secrets.capture("token", value);
  const Json* life = answer.document ? answer.document->find("/expires_in") : nullptr;
  if (life && life->is_number() && life->get<double>() >= 0 && life->get<double>() < longest_life)
    reply.expires_in = std::chrono::seconds{static_cast<std::int64_t>(life->get<double>())};
  return reply;
}

Pairs code_grant(const std::string& code, const std::string& redirect_uri) {
  return {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}};
}

Pairs refresh_grant(const std::string& refresh_token) {
  return {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}};
}

Reaction reaction_of(const TokenAnswer& answer) {
  if (!answer.exchange.response) return Reaction::unanswered;
  const int status = answer.exchange.response->status;
  if (status / 100 == 2) return answer.access_token ? Reaction::granted : Reaction::other;
  if (status / 100 == 3) return Reaction::redirected;
  if (status / 100 == 4) return Reaction::refused;
  return status / 100 == 5 ? Reaction::failed : Reaction::other;
}

std::string answer_text(const TokenAnswer& answer) {
  if (!answer.exchange.response) return answer_text(answer.exchange);
  const int status = answer.exchange.response->status;
  if (answer.access_token) return fmt::format("{} with a token", status);
  if (const std::string error = answer.error(); !error.empty())
    return fmt::format("{} with the error {}", status, printable(shortened(error, 60)));
  return answer_text(answer.exchange);
}

std::vector<ShownField> shown_answer(const TokenAnswer& answer, const SecretBook& secrets) {
  if (!answer.document) return {};
  Pairs members;
  for (const auto& [name, value] : answer.document->root().items())
    if (members.size() < 20)
      members.emplace_back(name, value.is_string() ? value.get<std::string>()
                                                   : value.dump(-1, ' ', false, Json::error_handler_t::replace));
  return shown_fields(members, secrets);
}

}  // namespace plugvet
