#include "harness/probe/prober.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/transport/retry_after.h"

namespace plugvet {
namespace {

constexpr std::size_t remote_budget = 200, loopback_budget = 2000;
constexpr std::size_t remote_at_once = 2, loopback_at_once = 6;  // small servers have eight threads
constexpr std::size_t shrinking_requests = 60;           // for one failure
constexpr std::size_t largest_kept_body = 64u << 10;     // of what nobody complains about
constexpr std::size_t most_times = 20'000;               // of one operation
constexpr unsigned most_refusals = 5;                    // 429 of one operation
constexpr std::chrono::seconds longest_rest{60};         // the transport waits so long by itself
constexpr std::chrono::milliseconds rest_unasked{1000};  // after a 429 that does not say how long
constexpr unsigned times_to_confirm = 2;
constexpr unsigned chances_of_flaky = 3;

bool is_of_the_environment(const Exchange& exchange) {
  return exchange.problem && exchange.problem->blame != Blame::submission;
}

}  // namespace

Prober::Prober(Evidence& evidence, Transport& transport, const ProbeOptions& options)
    : evidence_{evidence},
      api_{**evidence.api},
      options_{options},
      values_{options.authorize.seed ^ 0x70726f6265},
      random_{options.authorize.seed, "walks"},
      user_{values_.uuid()},
      entry_{entry_of(evidence, transport, options.authorize)},
      sender_{transport, options, options.max_requests.value_or(is_on_loopback() ? loopback_budget : remote_budget)} {}

Probing Prober::run() {
  find_targets();
  find_resources();
  go_round(Generator::Stage::examples);
  walk_plainly();
  try_effects();
  go_round(Generator::Stage::planned);
  walk_at_random();
  go_round(Generator::Stage::random);
  retire_all();
  probing_.ended_because = sender_.ended_because();
  probing_.requests = sender_.sent();
  for (ProbedTarget& target : targets_) probing_.operations.push_back(std::move(target.told));
  return std::move(probing_);
}

// --- sending

/// One of each operation in turn, so that a small budget is shared evenly.
void Prober::go_round(Generator::Stage stage) {
  const std::size_t at_once = is_on_loopback() ? loopback_at_once : remote_at_once;
  bool has_more = true;
  while (has_more && !sender_.is_over()) {
    has_more = false;
    for (std::size_t i = 0; i < targets_.size() && !sender_.is_over(); ++i) {
      if (targets_[i].is_done()) continue;
      auto draft = targets_[i].generator->next(stage);
      if (!draft) continue;
      has_more = true;
      start(i, std::move(*draft));
      while (pending_.size() >= at_once) take_first();
    }
  }
  while (!pending_.empty()) take_first();
}

/// As the platform does: every conversation is another one.
std::optional<Request> Prober::request_of(const ProbedTarget& target, const Draft& draft) {
  auto request = written(*target.contract, draft, target.call);
  if (!request) return {};
  request->headers.push_back(
      {"openai-conversation-id", draft.conversation.empty() ? values_.uuid() : draft.conversation});
  request->headers.push_back({"openai-ephemeral-user-id", user_});
  return request;
}

void Prober::start(std::size_t number, Draft draft) {
  std::vector<Request> before = put_object(number, draft);
  ProbedTarget& target = targets_[number];
  if (sender_.is_over() || target.is_done()) return;
  auto request = request_of(target, draft);
  if (!request) return;
  pending_.push_back({number, std::move(draft), std::move(before), sender_.start(std::move(*request))});
  show(target);
}

void Prober::show(const ProbedTarget& target) const {
  if (options_.show) options_.show({target.told.name, sender_.sent(), sender_.budget(), seen_.size()});
}

void Prober::take_first() {
  Pending first = std::move(pending_.front());
  pending_.pop_front();
  auto exchange = taken(first.target, first.draft, sender_.received(first.fetch.get()));
  if (!exchange) return;
  ProbedTarget& target = targets_[first.target];
  Probe probe = probe_of(target, first.draft, std::move(*exchange));
  probe.before = std::move(first.before);
  // Its object may be gone now.
  const bool is_removed = first.draft.method == "DELETE" && probe.exchange.response &&
                          probe.exchange.response->status / 100 == 2 && probe.exchange.response->status != 202;
  if (is_removed && target.object && target.object->conversation == first.draft.conversation) target.object.reset();
  consider(first.target, first.draft, std::move(probe));
}

/// Notes what came back. Empty: it says nothing about the operation.
std::optional<Exchange> Prober::taken(std::size_t number, const Draft& draft, Exchange exchange) {
  ProbedTarget& target = targets_[number];
  ++target.told.requests;
  ++target.told.by_kind[static_cast<std::size_t>(draft.kind)];
  ++target.told.statuses[exchange.response ? exchange.response->status : 0];
  if (exchange.response && target.told.times.size() < most_times)
    target.told.times.push_back(exchange.timing.total);
  if (is_refusal(target, exchange) || is_of_the_environment(exchange)) return {};
  return exchange;
}

/// 429 says nothing about the request, only that there were too many.
bool Prober::is_refusal(ProbedTarget& target, const Exchange& exchange) {
  if (!exchange.response || exchange.response->status != 429) return false;
  const auto rest = asked_rest(*exchange.response, std::chrono::system_clock::now());
  if (rest && *rest > longest_rest)
    target.told.ended_because = fmt::format("it answered 429 and asks to be left alone for {} s", rest->count());
  else if (++target.refusals >= most_refusals)
    target.told.ended_because = fmt::format("it answered 429 {} times", target.refusals);
  else if (!rest)
    options_.authorize.wait(rest_unasked);
  return true;
}

Probe Prober::probe_of(const ProbedTarget& target, const Draft& draft, Exchange exchange) const {
  Probe probe;
  probe.contract = target.contract;
  probe.operation = target.told.name;
  probe.where = target.told.where;
  probe.kind = draft.kind;
  probe.breach = draft.breach;
  probe.about = draft.about;
  probe.constraint = draft.constraint ? api_.at(*draft.constraint) : probe.where;
  probe.field = draft.field;
  probe.part = draft.wrong_part ? api_.at(*draft.wrong_part) : probe.where;
  probe.is_odd = draft.is_odd;
  probe.exchange = std::move(exchange);
  return probe;
}

// --- what is kept

std::vector<std::string> Prober::complaints(const Probe& probe) const {
  return options_.complaints ? options_.complaints(evidence_, probe) : std::vector<std::string>{};
}

std::vector<std::string> Prober::unseen(std::vector<std::string> complaints) const {
  std::erase_if(complaints, [&](const std::string& one) { return seen_.contains(one); });
  return complaints;
}

void Prober::consider(std::size_t number, const Draft& draft, Probe probe) {
  if (!options_.complaints) {
    probing_.probes.push_back(std::move(probe));
    return;
  }
  std::vector<std::string> all = complaints(probe);
  if (all.empty()) return keep_sample(number, std::move(probe));
  const std::vector<std::string> fresh = unseen(std::move(all));
  if (fresh.empty()) return;
  Found found = confirmed(number, draft, std::move(probe), fresh);
  if (found.probe.is_flaky) {
    bool is_enough = false;
    for (const std::string& one : fresh)
      if (++flaky_[one] >= chances_of_flaky) is_enough = seen_.insert(one).second;
    // A connection breaks now and then without anybody's fault.
    if (found.probe.exchange.problem && !is_enough) return;
  } else {
    found = shrunk(number, std::move(found), fresh);
    seen_.insert(fresh.begin(), fresh.end());
  }
  probing_.probes.push_back(std::move(found.probe));
}

void Prober::keep_sample(std::size_t number, Probe probe) {
  const Response* response = probe.exchange.response ? &*probe.exchange.response : nullptr;
  if (!response || response->body.size() > largest_kept_body) return;
  if (sampled_.insert({number, probe.kind, probe.breach, response->status, response->media_type()}).second)
    probing_.probes.push_back(std::move(probe));
}

bool Prober::says(const Probe& probe, const std::vector<std::string>& wanted) const {
  const auto said = complaints(probe);
  return std::ranges::all_of(wanted,
                             [&](const std::string& one) { return std::ranges::find(said, one) != said.end(); });
}

/// The same complaints about the same request; empty: there are none, or it cannot be sent.
std::optional<Probe> Prober::again(std::size_t number, const Draft& draft, const Probe& first,
                                   const std::vector<std::string>& wanted) {
  ProbedTarget& target = targets_[number];
  auto request = request_of(target, draft);
  if (!request || sender_.is_over() || target.is_done()) return {};
  if (target.object && target.object->conversation == draft.conversation) ++target.object->uses;
  auto exchange = taken(number, draft, sender_.send(std::move(*request)));
  if (!exchange) return {};
  Probe probe = probe_of(target, draft, std::move(*exchange));
  probe.before = first.before;
  return says(probe, wanted) ? std::optional{std::move(probe)} : std::nullopt;
}

/// What changes something may rightly be answered otherwise the second time, but it is answered.
Prober::Found Prober::confirmed(std::size_t number, const Draft& draft, Probe probe,
                                const std::vector<std::string>& wanted) {
  Found found{draft, std::move(probe)};
  if (!only_reads(draft.method) && found.probe.exchange.response) return found;
  const std::size_t before = sender_.sent();
  for (unsigned i = 0; i < times_to_confirm; ++i)
    if (again(number, draft, found.probe, wanted)) return found;
  found.probe.is_flaky = sender_.sent() == before + times_to_confirm;
  return found;
}

Prober::Found Prober::shrunk(std::size_t number, Found found, const std::vector<std::string>& wanted) {
  const std::size_t last = sender_.sent() + shrinking_requests;
  for (bool is_smaller = true; is_smaller && sender_.sent() < last;) {
    is_smaller = false;
    for (Draft& simpler : targets_[number].generator->simpler(found.draft)) {
      if (sender_.sent() >= last || sender_.is_over()) break;
      auto probe = again(number, simpler, found.probe, wanted);
      if (!probe) continue;
      found = {std::move(simpler), std::move(*probe)};
      is_smaller = true;
      break;
    }
  }
  return found;
}

}  // namespace plugvet
