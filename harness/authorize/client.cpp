#include "harness/authorize/client.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::chrono::milliseconds longest_request{15'000};  // what the platform waits

}  // namespace

std::chrono::milliseconds Client::time_left() const {
  return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()),
                  std::chrono::milliseconds{1});
}

FetchOrder Client::order_for(Request request) {
  FetchOrder order;
  order.request = std::move(request);
  order.limits = limits_;
  order.limits.deadline = std::min({order.limits.deadline, longest_request, time_left()});
  for (auto* step : {&order.limits.name, &order.limits.connect, &order.limits.tls})
    *step = std::min(*step, order.limits.deadline);
  order.follow_redirects = false;
  return order;
}

std::future<Fetch> Client::start(Request request) {
  return transport_.start(order_for(std::move(request)));
}

Exchange Client::send(Request request) {
  return exchange_of(transport_.fetch(order_for(std::move(request))));
}

Exchange exchange_of(Fetch fetch) {
  Exchange exchange = std::move(fetch.hops.back());
  if (!exchange.problem) exchange.problem = std::move(fetch.problem);
  if (exchange.problem) exchange.response.reset();
  return exchange;
}

bool is_secret_name(std::string_view name) {
  static constexpr std::string_view parts[] = {"password", "passwd", "secret", "token", "csrf", "xsrf", "otp",
                                               "passphrase", "verifier", "credential", "session"};
  const std::string lower = to_lower_ascii(name);
  if (lower == "token_type" || lower == "csrf_protection") return false;
  return lower == "code" || lower == "pass" || lower == "pw" || lower == "pin" ||
         std::ranges::any_of(parts, [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

std::vector<ShownField> shown_fields(const Pairs& pairs, const SecretBook& secrets) {
  std::vector<ShownField> fields;
  for (const auto& [name, value] : pairs) {
    ShownField field{name, value, {}};
    if (is_secret_name(name) && !value.empty()) {
      field.secret = secrets.facts_of(name, value);
      field.value.clear();
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

std::string answer_text(const Exchange& exchange) {
  if (!exchange.response) return "no answer: " + (exchange.problem ? exchange.problem->what : std::string{"none came"});
  const Response& response = *exchange.response;
  if (const std::string* location = find_header(response.headers, "Location"); location && response.status / 100 == 3)
    return fmt::format("{} to {}", response.status, printable(shortened(*location, 200)));
  if (response.body.empty()) return fmt::format("{} without a body", response.status);
  const std::string type = response.media_type();
  return fmt::format("{} with {} of {}", response.status, bytes_text(response.body.size()),
                     type.empty() ? "no declared type" : printable(shortened(type, 60)));
}

Reaction reaction_of(const Exchange& exchange) {
  if (!exchange.response) return Reaction::unanswered;
  const int status = exchange.response->status;
  if (status / 100 == 2) return Reaction::granted;
  if (status == 401 || status == 403) return Reaction::refused;
  if (status / 100 == 3) return Reaction::redirected;
  return status / 100 == 5 ? Reaction::failed : Reaction::other;
}

}  // namespace plugvet
