#include "harness/probe/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>

#include "harness/authorize/random_values.h"
#include "harness/openapi/calling.h"
#include "harness/probe/generator.h"
#include "harness/probe/resources.h"
#include "harness/probe/sender.h"
#include "harness/support/text.h"
#include "harness/support/url.h"
#include "harness/transport/retry_after.h"

namespace plugvet {
namespace {

using openapi::Contract;
using openapi::Operation;

constexpr std::size_t remote_budget = 200, loopback_budget = 2000;
constexpr std::size_t remote_at_once = 2, loopback_at_once = 16;
constexpr std::size_t most_operations = 500;
constexpr std::size_t shrinking_requests = 60;           // for one failure
constexpr std::size_t largest_kept_body = 64u << 10;     // of what nobody complains about
constexpr unsigned most_refusals = 5;                    // 429 of one operation
constexpr std::chrono::seconds longest_rest{60};         // the transport waits so long by itself
constexpr std::chrono::milliseconds rest_unasked{1000};  // after a 429 that does not say how long
constexpr unsigned times_to_confirm = 2;
constexpr unsigned chances_of_flaky = 3;

bool only_reads(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

std::string shown_name(const Operation& operation, std::string_view method) {
  const std::string name = fmt::format("{} {}", method, printable(shortened(operation.path, 100)));
  return operation.id.empty() ? name : fmt::format("{} ({})", name, printable(shortened(operation.id, 60)));
}

std::string upper_method(std::string_view method) {
  std::string upper{method};
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

/// One operation, and what is still to be done with it.
struct ProbedTarget {
  std::shared_ptr<const Contract> contract;
  std::optional<Generator> generator;
  CallTarget call;
  ProbedOperation told;
  unsigned refusals = 0;
  bool is_done() const { return !told.not_probed_because.empty() || !told.ended_because.empty(); }
};

/// A probe on its way.
struct PendingProbe {
  std::size_t target = 0;
  Draft draft;
  std::future<Fetch> fetch;
};

class Prober {
 public:
  Prober(Evidence& evidence, Transport& transport, const ProbeOptions& options)
      : evidence_{evidence},
        api_{**evidence.api},
        options_{options},
        values_{options.authorize.seed ^ 0x70726f6265},
        user_{values_.uuid()},
        entry_{entry_of(evidence, transport, options.authorize)},
        sender_{transport, options,
                options.max_requests.value_or(is_on_loopback() ? loopback_budget : remote_budget)} {}

  Probing run() {
    find_targets();
    go_round(true);
    run_sequences();
    go_round(false);
    probing_.ended_because = sender_.ended_because();
    probing_.requests = sender_.sent();
    for (ProbedTarget& target : targets_) probing_.operations.push_back(std::move(target.told));
    return std::move(probing_);
  }

 private:
  // --- what is to be called

  bool is_on_loopback() const {
    return std::ranges::any_of(api_.description->operations, [&](const Operation& operation) {
      const auto url = Url::parse(openapi::call_address(operation, api_));
      return url && is_loopback_host(url->host());
    });
  }

  void find_targets() {
    for (const auto& contract : openapi::contracts_of(api_))
      if (targets_.size() < most_operations) targets_.push_back(target_of(contract));
  }

  ProbedTarget target_of(const std::shared_ptr<const Contract>& contract) {
    const Operation& operation = *contract->operation;
    const std::string method = upper_method(operation.method);
    ProbedTarget target;
    target.contract = contract;
    target.told.name = shown_name(operation, method);
    target.told.where = api_.at(operation.node.place);
    target.call.server = openapi::call_address(operation, api_);
    std::string& why_not = target.told.not_probed_because;
    const bool is_guarded = openapi::speaks_of_security(*api_.description) ? openapi::asks_for_authentication(operation)
                                                                          : entry_.is_asked_for;
    if (target.call.server.empty())
      why_not = "there is no server to call it at";
    else if (!only_reads(method) && !options_.authorize.allow_writes)
      why_not = "it may change something; add --allow-writes";
    else if (is_guarded && !entry_.header)
      why_not = entry_.none_because.empty() ? "it asks for authentication that the submission does not declare"
          : entry_.none_because;
    if (!why_not.empty()) return target;
    if (is_guarded) target.call.headers.push_back(*entry_.header);
    target.generator.emplace(*api_.description, contract, undeclared_methods(operation), options_.authorize.seed);
    why_not = target.generator->impossible_because();
    target.told.left_out = target.generator->left_out();
    return target;
  }

  /// Tried at the path's first operation. What deletes is not tried blindly.
  std::vector<std::string> undeclared_methods(const Operation& operation) const {
    std::set<std::string_view> declared;
    const Operation* first = nullptr;
    for (const Operation& other : api_.description->operations)
      if (other.path == operation.path) {
        declared.insert(other.method);
        if (!first && (only_reads(upper_method(other.method)) || options_.authorize.allow_writes)) first = &other;
      }
    std::vector<std::string> undeclared;
    if (first != &operation) return undeclared;
    for (const std::string_view method : {"get", "post", "put", "patch"})
      if (!declared.contains(method) && (method == "get" || options_.authorize.allow_writes))
        undeclared.push_back(upper_method(method));
    return undeclared;
  }

  // --- sending

  /// One of each operation in turn, so that a small budget is shared evenly.
  void go_round(bool planned_only) {
    const std::size_t at_once = is_on_loopback() ? loopback_at_once : remote_at_once;
    bool has_more = true;
    while (has_more && !sender_.is_over()) {
      has_more = false;
      for (std::size_t i = 0; i < targets_.size() && !sender_.is_over(); ++i) {
        if (targets_[i].is_done()) continue;
        auto draft = targets_[i].generator->next(planned_only);
        if (!draft) continue;
        has_more = true;
        start(i, std::move(*draft));
        while (pending_.size() >= at_once) take_first();
      }
    }
    while (!pending_.empty()) take_first();
  }

  /// As the platform does: every conversation is another one.
  std::optional<Request> request_of(const ProbedTarget& target, const Draft& draft) {
    auto request = written(*target.contract, draft, target.call);
    if (!request) return {};
    request->headers.push_back({"openai-conversation-id", draft.conversation.empty() ? values_.uuid()
                                : draft.conversation});
    request->headers.push_back({"openai-ephemeral-user-id", user_});
    return request;
  }

  void start(std::size_t target, Draft draft) {
    auto request = request_of(targets_[target], draft);
    if (!request) return;
    ++targets_[target].told.requests;
    pending_.push_back({target, std::move(draft), sender_.start(std::move(*request))});
    if (options_.show) options_.show({targets_[target].told.name, sender_.sent(), sender_.budget(), seen_.size()});
  }

  void take_first() {
    PendingProbe first = std::move(pending_.front());
    pending_.pop_front();
    Exchange exchange = sender_.received(first.fetch.get());
    if (is_refusal(targets_[first.target], exchange) || is_of_the_environment(exchange)) return;
    consider(first.target, first.draft, probe_of(targets_[first.target], first.draft, std::move(exchange)));
  }

  static bool is_of_the_environment(const Exchange& exchange) {
    return exchange.problem && exchange.problem->blame != Blame::submission;
  }

  /// 429 says nothing about the request, only that there were too many.
  bool is_refusal(ProbedTarget& target, const Exchange& exchange) {
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

  Probe probe_of(const ProbedTarget& target, const Draft& draft, Exchange exchange) const {
    Probe probe;
    probe.contract = target.contract;
    probe.operation = target.told.name;
    probe.where = target.told.where;
    probe.kind = draft.kind;
    probe.breach = draft.breach;
    probe.about = draft.about;
    probe.constraint = draft.constraint ? api_.at(*draft.constraint) : probe.where;
    probe.is_odd = draft.is_odd;
    probe.exchange = std::move(exchange);
    return probe;
  }

  // --- one object from its making to its end

  void run_sequences() {
    if (!options_.authorize.allow_writes) return;
    std::vector<std::shared_ptr<const Contract>> contracts;
    for (const ProbedTarget& target : targets_) contracts.push_back(target.contract);
    for (const Resource& resource : resources_of(contracts))
      if (!sender_.is_over() && !targets_[resource.create].is_done()) run_sequence(resource);
  }

  void run_sequence(const Resource& resource) {
    Sequence sequence;
    const std::string conversation = values_.uuid();
    Draft creation = targets_[resource.create].generator->plain_draft();
    creation.conversation = conversation;
    const auto made = call(Role::create, resource.create, creation, sequence);
    if (!made || !made->response || made->response->status / 100 != 2) return;
    const auto id = made_id(*made, resource.parameter);
    if (!id) return;
    sequence.id = id->is_string() ? id->get<std::string>() : id->dump();
    sequence.is_listed = !resource.read;
    const auto reading = resource.read ? resource.read : resource.list;
    const auto step = [&](Role role, const std::optional<std::size_t>& number) -> bool {
      if (!number || targets_[*number].is_done()) return false;
      auto draft = about(*number, resource.parameter, *id);
      if (draft) draft->conversation = conversation;
      const auto exchange = draft ? call(role, *number, *draft, sequence) : std::nullopt;
      if (exchange) sequence.steps.back().has_object = mentions_id(*exchange, resource.parameter, *id);
      return exchange && exchange->response && exchange->response->status / 100 == 2;
    };
    step(Role::read, reading);
    step(Role::change, resource.change);
    if (step(Role::remove, resource.remove)) step(Role::read_again, reading);
    probing_.sequences.push_back(std::move(sequence));
  }

  /// A plain call that is about that object; empty: the operation takes no such id.
  std::optional<Draft> about(std::size_t number, const std::string& parameter, const Json& id) const {
    Draft draft = targets_[number].generator->plain_draft();
    const auto& inputs = targets_[number].contract->inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].parameter->name != parameter || inputs[i].parameter->in != "path") continue;
      draft.inputs[i] = id;
      if (inputs[i].compiled && std::ranges::none_of(readings_of(inputs[i], id), [&](const Json& one) {
            return inputs[i].compiled->is_valid(one, {.direction = schema::Direction::request});
          }))
        return {};
    }
    return draft;
  }

  /// Sends it, and once more with the confirmation where it asks for one.
  std::optional<Exchange> call(Role role, std::size_t number, const Draft& draft, Sequence& sequence) {
    ProbedTarget& target = targets_[number];
    std::optional<Draft> next = draft;
    std::optional<Exchange> last;
    for (unsigned i = 0; next && i < 2 && !sender_.is_over(); ++i) {
      Draft sent = *std::exchange(next, std::nullopt);
      sent.about = fmt::format("a plain call, to {}", name_of(role));
      auto request = request_of(target, sent);
      if (!request) break;
      ++target.told.requests;
      Exchange exchange = sender_.send(std::move(*request));
      if (is_refusal(target, exchange) || is_of_the_environment(exchange)) break;
      if (only_reads(sent.method)) {
        consider(number, sent, probe_of(target, sent, exchange));
      } else {
        next = confirming(*target.contract, sent, exchange);
        consider_alone(number, probe_of(target, sent, exchange));
      }
      last = std::move(exchange);
    }
    if (last) sequence.steps.push_back({role, target.told.name, target.told.where, *last});
    return last;
  }

  /// What changes an object cannot be repeated or made smaller by itself.
  void consider_alone(std::size_t number, Probe probe) {
    std::vector<std::string> fresh = options_.complaints ? options_.complaints(evidence_, probe)
        : std::vector<std::string>{};
    if (fresh.empty() && options_.complaints) return keep_sample(number, std::move(probe));
    std::erase_if(fresh, [&](const std::string& one) { return !seen_.insert(one).second; });
    if (!fresh.empty() || !options_.complaints) probing_.probes.push_back(std::move(probe));
  }

  // --- what is kept

  void consider(std::size_t number, const Draft& draft, Probe probe) {
    if (!options_.complaints) {
      probing_.probes.push_back(std::move(probe));
      return;
    }
    std::vector<std::string> fresh = options_.complaints(evidence_, probe);
    const bool is_wrong = !fresh.empty();
    std::erase_if(fresh, [&](const std::string& one) { return seen_.contains(one); });
    if (!is_wrong) return keep_sample(number, std::move(probe));
    if (fresh.empty()) return;
    Found found = confirmed(number, draft, std::move(probe), fresh);
    if (found.probe.is_flaky) {
      for (const std::string& one : fresh)
        if (++flaky_[one] >= chances_of_flaky) seen_.insert(one);
    } else {
      found = shrunk(number, std::move(found), fresh);
      seen_.insert(fresh.begin(), fresh.end());
    }
    probing_.probes.push_back(std::move(found.probe));
  }

  void keep_sample(std::size_t number, Probe probe) {
    const Response* response = probe.exchange.response ? &*probe.exchange.response : nullptr;
    if (!response || response->body.size() > largest_kept_body) return;
    if (sampled_.insert({number, probe.kind, probe.breach, response->status, response->media_type()}).second)
      probing_.probes.push_back(std::move(probe));
  }

  struct Found {
    Draft draft;
    Probe probe;
  };

  /// The same complaints about the same request; empty: it cannot be sent.
  std::optional<Probe> again(std::size_t number, const Draft& draft, const std::vector<std::string>& complaints) {
    ProbedTarget& target = targets_[number];
    auto request = request_of(target, draft);
    if (!request || sender_.is_over() || target.is_done()) return {};
    ++target.told.requests;
    Exchange exchange = sender_.send(std::move(*request));
    if (is_refusal(target, exchange) || is_of_the_environment(exchange)) return {};
    Probe probe = probe_of(target, draft, std::move(exchange));
    const auto said = options_.complaints(evidence_, probe);
    const bool says_the_same =
        std::ranges::all_of(complaints,
                            [&](const std::string& one) { return std::ranges::find(said, one) != said.end(); });
    return says_the_same ? std::optional{std::move(probe)} : std::nullopt;
  }

  /// What changes something may rightly be answered otherwise the second time.
  Found confirmed(std::size_t number, const Draft& draft, Probe probe, const std::vector<std::string>& complaints) {
    Found found{draft, std::move(probe)};
    if (!only_reads(draft.method)) return found;
    const std::size_t before = sender_.sent();
    for (unsigned i = 0; i < times_to_confirm; ++i)
      if (again(number, draft, complaints)) return found;
    found.probe.is_flaky = sender_.sent() == before + times_to_confirm;
    return found;
  }

  Found shrunk(std::size_t number, Found found, const std::vector<std::string>& complaints) {
    const std::size_t last = sender_.sent() + shrinking_requests;
    for (bool is_smaller = true; is_smaller && sender_.sent() < last;) {
      is_smaller = false;
      for (Draft& simpler : targets_[number].generator->simpler(found.draft)) {
        if (sender_.sent() >= last || sender_.is_over()) break;
        auto probe = again(number, simpler, complaints);
        if (!probe) continue;
        found = {std::move(simpler), std::move(*probe)};
        is_smaller = true;
        break;
      }
    }
    return found;
  }

  Evidence& evidence_;
  const ApiDescription& api_;
  const ProbeOptions& options_;
  RandomValues values_;
  const std::string user_;
  const Entry entry_;
  Sender sender_;
  std::vector<ProbedTarget> targets_;
  std::deque<PendingProbe> pending_;
  std::set<std::string> seen_;
  std::map<std::string, unsigned> flaky_;
  std::set<std::tuple<std::size_t, ProbeKind, Breach, int, std::string>> sampled_;
  Probing probing_;
};

}  // namespace

void probe(Evidence& evidence, Needs needs, const std::shared_ptr<Transport>& transport, const ProbeOptions& options) {
  const bool is_reachable = transport && evidence.not_collected_because.empty();
  evidence.not_probed_because =
      is_reachable ? "it calls the plugin's API; add --live to run this check" : evidence.not_collected_because;
  if (!needs.contains(Needs::probing) || !options.authorize.live || !is_reachable || !evidence.api) return;
  if (const Problem* problem = evidence.api->problem()) {
    evidence.probing = Result<Probing>{*problem};
  } else if (!(*evidence.api)->description->is_openapi_3()) {
    evidence.probing = Result<Probing>{Probing{}};
  } else {
    evidence.probing = Result<Probing>{Prober{evidence, *transport, options}.run()};
    evidence.secrets = options.authorize.secrets->all();
  }
}

}  // namespace plugvet
