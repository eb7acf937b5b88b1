#include "harness/probe/sender.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugvet {
namespace {

constexpr std::chrono::milliseconds longest_call{15'000};  // what the platform waits
constexpr unsigned most_failures_in_a_row = 5;

/// Nothing came back, not even something that cannot be used.
bool is_silent(const Exchange& exchange) {
  return exchange.problem && (exchange.problem->rung < Rung::http || exchange.problem->id == "http.deadline" ||
                              exchange.problem->id == "http.empty_response");
}

}  // namespace

Sender::Sender(Transport& transport, const ProbeOptions& options, std::size_t budget)
    : transport_{transport}, options_{options}, budget_{budget}, deadline_{Clock::now() + options.authorize.deadline} {}

FetchOrder Sender::order_for(Request request) {
  ++sent_;
  FetchOrder order;
  order.request = std::move(request);
  order.limits = options_.authorize.limits;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
  order.limits.deadline = std::max(std::min({order.limits.deadline, longest_call, left}), std::chrono::milliseconds{1});
  for (auto* step : {&order.limits.name, &order.limits.connect, &order.limits.tls})
    *step = std::min(*step, order.limits.deadline);
  order.follow_redirects = false;
  order.may_repeat = true;  // what is made twice is a test all the same, and a server may serve few connections
  return order;
}

std::future<Fetch> Sender::start(Request request) {
  return transport_.start(order_for(std::move(request)));
}

Exchange Sender::send(Request request) {
  return received(transport_.fetch(order_for(std::move(request))));
}

bool Sender::is_over() const {
  if (ended_because_.empty() && Clock::now() >= deadline_)
    ended_because_ = fmt::format("The time was up after {} requests.", sent_);
  if (ended_because_.empty() && options_.is_interrupted())
    ended_because_ = fmt::format("It was interrupted after {} requests.", sent_);
  return !ended_because_.empty() || sent_ >= budget_;
}

Exchange Sender::received(Fetch fetch) {
  Exchange exchange = exchange_of(std::move(fetch));
  // The last ones get less time than the API may take, which is not its fault.
  if (exchange.problem && Clock::now() >= deadline_) exchange.problem->blame = Blame::environment;
  learn_from(exchange);
  return exchange;
}

void Sender::learn_from(const Exchange& exchange) {
  failures_in_a_row_ = is_silent(exchange) ? failures_in_a_row_ + 1 : 0;
  if (!exchange.problem || is_over()) return;
  if (exchange.problem->blame != Blame::submission || failures_in_a_row_ >= most_failures_in_a_row)
    ended_because_ =
        fmt::format("After {} requests the API could not be called any more: {}", sent_, exchange.problem->what);
}

}  // namespace plugvet
