#include "harness/authorize/delivery.h"

#include <fmt/format.h>

#include "harness/support/text.h"

namespace plugvet {
namespace {

std::string_view fragment_of(std::string_view url) {
  const std::size_t at = url.find('#');
  return at == std::string_view::npos ? std::string_view{} : url.substr(at + 1);
}

/// What others may know of the account: a code must not follow from it.
std::vector<Secret> known_of(const Login* login) {
  std::vector<Secret> values;
  if (login)
    for (const auto& [name, value] : login->fields)
      if (!is_secret_name(name)) values.push_back({"login.fields." + name, value});
  return values;
}

}  // namespace

std::string_view bare_address(std::string_view url) {
  return url.substr(0, url.find_first_of("?#"));
}

std::string_view query_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const std::size_t at = url.find('?');
  return at == std::string_view::npos ? std::string_view{} : url.substr(at + 1);
}

std::string shown_address(std::string_view url) {
  return printable(shortened(bare_address(url), 200));
}

Delivery read_delivery(const std::string& url, const JourneyPlan& plan, SecretBook& secrets) {
  Delivery delivery;
  Callback& callback = delivery.callback;
  callback.url = std::string{bare_address(url)};
  const Pairs query = read_form(query_of(url)), fragment = read_form(fragment_of(url));
  for (const Pairs* pairs : {&query, &fragment})
    for (const auto& [name, value] : *pairs)
      if (is_secret_name(name) && !value.empty()) secrets.capture(name, value, known_of(plan.login));
  callback.query = shown_fields(query, secrets);
  callback.fragment = shown_fields(fragment, secrets);
  if (const std::string* code = value_of(query, "code"); code && !code->empty()) {
    callback.code = secrets.facts_of("code", *code);
    delivery.code = *code;
  }
  const std::string* state = value_of(query, "state");
  callback.has_state = state != nullptr;
  callback.state_is_unchanged = state && *state == plan.state;
  // What asked for a token hears of errors in the fragment (RFC 6749 §4.2.2.1).
  const Pairs& errors = value_of(query, "error") ? query : fragment;
  callback.error = value_or_empty(errors, "error");
  callback.error_description = value_or_empty(errors, "error_description");
  return delivery;
}

std::string delivery_text(const Callback& callback) {
  std::vector<std::string> with;
  if (callback.code) with.emplace_back("a code");
  for (const ShownField& field : callback.query)
    if (field.secret && field.name != "code") with.push_back(field.name + " in the query");
  for (const ShownField& field : callback.fragment)
    if (field.secret) with.push_back(field.name + " in the fragment");
  if (!callback.error.empty()) with.push_back("the error " + printable(shortened(callback.error, 60)));
  return fmt::format("redirected to {} with {}", shown_address(callback.url),
                     with.empty() ? "neither code nor error" : listed(with));
}

}  // namespace plugvet
