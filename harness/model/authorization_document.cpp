#include "harness/model/authorization_document.h"

#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t longest_shown = 1000;  // code points

std::string shown_text(std::string_view text) {
  return shortened(printable(first_code_points(text, longest_shown + 1)), longest_shown);
}

Json facts_json(const SecretFacts& facts) {
  return {{"name", shown_text(facts.name)}, {"number", facts.number}, {"length", facts.length}};
}

Json fields_json(const std::vector<ShownField>& fields) {
  Json list = Json::array();
  for (const ShownField& field : fields)
    list.push_back({{"name", shown_text(field.name)},
                    {"value", field.secret ? Json{} : Json(shown_text(field.value))},
                    {"secret", field.secret ? facts_json(*field.secret) : Json{}}});
  return list;
}

Json short_exchange_json(const Exchange& exchange) {
  const Response* response = exchange.response ? &*exchange.response : nullptr;
  return {{"method", exchange.request.method},
          {"url", shown_text(exchange.request.url)},
          {"status", response ? Json(response->status) : Json{}},
          {"media_type", response ? shown_text(response->media_type()) : std::string{}},
          {"bytes", response ? response->body.size() : 0},
          {"took_ms", exchange.timing.total.count()},
          {"problem", exchange.problem ? Json(shown_text(exchange.problem->what)) : Json{}}};
}

Json declaration_json(const AuthDeclaration& declaration) {
  return {{"kind", name_of(declaration.kind)},
          {"scheme", shown_text(declaration.scheme)},
          {"header", shown_text(declaration.header)},
          {"authorization_endpoint", shown_text(declaration.authorization_endpoint)},
          {"token_endpoint", shown_text(declaration.token_endpoint)},
          {"scope", shown_text(declaration.scope)},
          {"content_type", shown_text(declaration.content_type)}};
}

Json step_json(const SignInStep& step) {
  return {{"kind", name_of(step.kind)},     {"from", name_of(step.from)},
          {"to", name_of(step.to)},         {"note", shown_text(step.note)},
          {"sent", fields_json(step.sent)}, {"received", fields_json(step.received)},
          {"exchange", short_exchange_json(step.exchange)}};
}

Json attempt_json(const Attempt& attempt) {
  Json exchanges = Json::array();
  for (const Exchange& exchange : attempt.exchanges) exchanges.push_back(short_exchange_json(exchange));
  return {{"id", attempt.id},
          {"tried", shown_text(attempt.tried)},
          {"expected", name_of(attempt.expected)},
          {"seen", name_of(attempt.seen)},
          {"actual", shown_text(attempt.actual)},
          {"exchanges", std::move(exchanges)}};
}

Json sign_in_json(const SignIn& sign_in) {
  Json steps = Json::array(), attempts = Json::array();
  for (const SignInStep& step : sign_in.steps) steps.push_back(step_json(step));
  for (const Attempt& attempt : sign_in.attempts) attempts.push_back(attempt_json(attempt));
  return {{"redirect_uri", shown_text(sign_in.redirect_uri)},
          {"needed_pkce", sign_in.needed_pkce},
          {"broken", sign_in.broken ? Json(shown_text(sign_in.broken->what)) : Json{}},
          {"broken_at", sign_in.broken ? Json(name_of(sign_in.broken_at)) : Json{}},
          {"steps", std::move(steps)},
          {"attempts", std::move(attempts)}};
}

Json access_json(const AccessAttempt& attempt) {
  return {{"pass", name_of(attempt.pass)},
          {"expected", name_of(attempt.expected)},
          {"seen", name_of(attempt.seen)},
          {"actual", shown_text(attempt.actual)}};
}

Json operation_json(const GuardedOperation& operation) {
  Json attempts = Json::array();
  for (const AccessAttempt& attempt : operation.attempts) attempts.push_back(access_json(attempt));
  return {{"method", shown_text(operation.method)},
          {"path", shown_text(operation.path)},
          {"id", shown_text(operation.id)},
          {"url", shown_text(operation.url)},
          {"not_called_because", shown_text(operation.not_called_because)},
          {"attempts", std::move(attempts)}};
}

Json enforcement_json(const Enforcement& enforcement) {
  Json operations = Json::array(), header_calls = Json::array();
  for (const GuardedOperation& operation : enforcement.operations) operations.push_back(operation_json(operation));
  for (const Attempt& call : enforcement.header_calls) header_calls.push_back(attempt_json(call));
  return {{"no_token_because", shown_text(enforcement.no_token_because)},
          {"operations", std::move(operations)},
          {"header_calls", std::move(header_calls)}};
}

}  // namespace

Json authorization_json(const Evidence& evidence) {
  const SignIn* sign_in = evidence.sign_in ? evidence.sign_in->value() : nullptr;
  const Enforcement* enforcement = evidence.enforcement ? evidence.enforcement->value() : nullptr;
  if (!sign_in && !enforcement) return nullptr;
  const bool has_calls = enforcement && !(enforcement->operations.empty() && enforcement->header_calls.empty());
  return {{"declaration", declaration_json(sign_in ? sign_in->declaration : enforcement->declaration)},
          {"sign_in", sign_in && sign_in->is_oauth() ? sign_in_json(*sign_in) : Json{}},
          {"enforcement", has_calls ? enforcement_json(*enforcement) : Json{}}};
}

}  // namespace plugvet
