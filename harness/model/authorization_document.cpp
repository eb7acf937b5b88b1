#include "harness/model/authorization_document.h"

#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t longest_text = 1000;  // code points

std::string safe(std::string_view text) {
  return shortened(printable(first_code_points(text, longest_text + 1)), longest_text);
}

Json facts_json(const SecretFacts& facts) {
  return {{"name", safe(facts.name)}, {"number", facts.number}, {"length", facts.length}};
}

Json fields_json(const std::vector<ShownField>& fields) {
  Json list = Json::array();
  for (const ShownField& field : fields)
    list.push_back({{"name", safe(field.name)},
                    {"value", field.secret ? Json{} : Json(safe(field.value))},
                    {"secret", field.secret ? facts_json(*field.secret) : Json{}}});
  return list;
}

Json exchange_json(const Exchange& exchange) {
  const Response* response = exchange.response ? &*exchange.response : nullptr;
  return {{"method", exchange.request.method},
          {"url", safe(exchange.request.url)},
          {"status", response ? Json(response->status) : Json{}},
          {"media_type", response ? safe(response->media_type()) : std::string{}},
          {"bytes", response ? response->body.size() : 0},
          {"took_ms", exchange.timing.total.count()},
          {"problem", exchange.problem ? Json(safe(exchange.problem->what)) : Json{}}};
}

Json declaration_json(const AuthDeclaration& declaration) {
  return {{"kind", name_of(declaration.kind)},
          {"scheme", safe(declaration.scheme)},
          {"header", safe(declaration.header)},
          {"authorization_endpoint", safe(declaration.authorization_endpoint)},
          {"token_endpoint", safe(declaration.token_endpoint)},
          {"scope", safe(declaration.scope)},
          {"content_type", safe(declaration.content_type)}};
}

Json step_json(const SignInStep& step) {
  return {{"kind", name_of(step.kind)},     {"from", name_of(step.from)},
          {"to", name_of(step.to)},         {"note", safe(step.note)},
          {"sent", fields_json(step.sent)}, {"received", fields_json(step.received)},
          {"exchange", exchange_json(step.exchange)}};
}

Json attempt_json(const Attempt& attempt) {
  Json exchanges = Json::array();
  for (const Exchange& exchange : attempt.exchanges) exchanges.push_back(exchange_json(exchange));
  return {{"id", attempt.id},
          {"tried", safe(attempt.tried)},
          {"expected", name_of(attempt.expected)},
          {"seen", name_of(attempt.seen)},
          {"actual", safe(attempt.actual)},
          {"exchanges", std::move(exchanges)}};
}

Json sign_in_json(const SignIn& sign_in) {
  Json steps = Json::array(), attempts = Json::array();
  for (const SignInStep& step : sign_in.steps) steps.push_back(step_json(step));
  for (const Attempt& attempt : sign_in.attempts) attempts.push_back(attempt_json(attempt));
  return {{"redirect_uri", safe(sign_in.redirect_uri)},
          {"needed_pkce", sign_in.needed_pkce},
          {"broken", sign_in.broken ? Json(safe(sign_in.broken->what)) : Json{}},
          {"broken_at", sign_in.broken ? Json(name_of(sign_in.broken_at)) : Json{}},
          {"steps", std::move(steps)},
          {"attempts", std::move(attempts)}};
}

Json access_json(const AccessAttempt& attempt) {
  return {{"pass", name_of(attempt.pass)},
          {"expected", name_of(attempt.expected)},
          {"seen", name_of(attempt.seen)},
          {"actual", safe(attempt.actual)}};
}

Json operation_json(const GuardedOperation& operation) {
  Json attempts = Json::array();
  for (const AccessAttempt& attempt : operation.attempts) attempts.push_back(access_json(attempt));
  return {{"method", safe(operation.method)},
          {"path", safe(operation.path)},
          {"id", safe(operation.id)},
          {"url", safe(operation.url)},
          {"not_called_because", safe(operation.not_called_because)},
          {"attempts", std::move(attempts)}};
}

Json enforcement_json(const Enforcement& enforcement) {
  Json operations = Json::array();
  for (const GuardedOperation& operation : enforcement.operations) operations.push_back(operation_json(operation));
  return {{"no_token_because", safe(enforcement.no_token_because)}, {"operations", std::move(operations)}};
}

}  // namespace

Json authorization_json(const Evidence& evidence) {
  const SignIn* sign_in = evidence.sign_in ? evidence.sign_in->value() : nullptr;
  const Enforcement* enforcement = evidence.enforcement ? evidence.enforcement->value() : nullptr;
  if (!sign_in && !enforcement) return nullptr;
  return {{"declaration", declaration_json(sign_in ? sign_in->declaration : enforcement->declaration)},
          {"sign_in", sign_in && sign_in->is_oauth() ? sign_in_json(*sign_in) : Json{}},
          {"enforcement", enforcement && !enforcement->operations.empty() ? enforcement_json(*enforcement) : Json{}}};
}

}  // namespace plugvet
