#pragma once
#include <future>
#include <string>

#include "harness/probe/probe.h"

namespace plugvet {

/// Sends requests within a budget and the time there is.
class Sender {
 public:
  Sender(Transport& transport, const ProbeOptions& options, std::size_t budget);

  /// Takes one of the budget; what comes back goes through `received`.
  std::future<Fetch> start(Request request);
  Exchange send(Request request);

  /// Nothing more is to be sent.
  bool is_over() const;
  /// Why that is so before everything was sent; empty: the budget is used up, or nothing happened.
  const std::string& ended_because() const { return ended_because_; }
  /// What came back. A host that does not answer any more is left alone.
  Exchange received(Fetch fetch);

  std::size_t sent() const { return sent_; }
  std::size_t budget() const { return budget_; }

 private:
  FetchOrder order_for(Request request);
  void learn_from(const Exchange& exchange);

  using Clock = std::chrono::steady_clock;

  Transport& transport_;
  const ProbeOptions& options_;
  const std::size_t budget_;
  const Clock::time_point deadline_;
  std::size_t sent_ = 0;
  unsigned failures_in_a_row_ = 0;
  mutable std::string ended_because_;
};

}  // namespace plugvet
