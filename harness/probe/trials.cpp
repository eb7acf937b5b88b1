#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "harness/probe/prober.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t requests_of_trials = 4;  // one in so many of the budget
constexpr unsigned most_readings = 12;         // calls that only read, of one resource
constexpr unsigned deepest_state = 12;

/// Members that tell of the reading itself, or of the moment.
bool is_volatile(std::string_view name) {
  static constexpr std::array parts{"time", "_at", "date", "view",  "access", "visit",  "seen", "hit",  "count",
                                    "request", "trace", "nonce", "token", "etag", "version", "cursor", "expir", "last_"};
  const std::string lower = to_lower_ascii(name);
  return (name.size() > 2 && name.ends_with("At")) ||
         std::ranges::any_of(parts, [&](const char* part) { return lower.find(part) != std::string::npos; });
}

Json steady_part(const Json& value, unsigned depth) {
  if (depth > deepest_state || !value.is_structured()) return value;
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& one : value) list.push_back(steady_part(one, depth + 1));
    return list;
  }
  Json object = Json::object();
  for (const auto& [name, one] : value.items())
    if (!is_volatile(name)) object[name] = steady_part(one, depth + 1);
  return object;
}

bool was_done(const std::optional<Exchange>& exchange) {
  return exchange && exchange->response && exchange->response->status / 100 == 2;
}

bool can_be_confirmed(const openapi::Contract& contract) {
  for (const auto& input : contract.inputs)
    if (is_confirmation(input.parameter->name)) return true;
  for (const auto& body : contract.bodies)
    if (const openapi::Node properties = openapi::member(body.schema, "properties"))
      if (properties.value->is_object())
        for (const auto& [name, ignored] : properties.value->items())
          if (is_confirmation(name)) return true;
  return false;
}

/// What the confirmed call has and the first one had not, put into another one.
Draft with_code_of(const Draft& confirmed, const Draft& first, Draft other) {
  for (std::size_t i = 0; i < other.inputs.size(); ++i)
    if (confirmed.inputs[i] && !first.inputs[i]) other.inputs[i] = confirmed.inputs[i];
  if (confirmed.body && first.body && other.body && confirmed.body->is_object() && other.body->is_object())
    for (const auto& [name, value] : confirmed.body->items())
      if (!first.body->contains(name)) (*other.body)[name] = value;
  return other;
}

}  // namespace

void Prober::try_effects() {
  const std::size_t last = sender_.sent() + sender_.budget() / requests_of_trials;
  const auto has_room = [&] { return sender_.sent() < last && !sender_.is_over(); };
  for (std::size_t r = 0; r < resources_.size(); ++r) {
    const Resource& resource = resources_[r];
    if (unusable_.contains(r) || targets_[resource.create].is_done()) continue;
    if (has_room()) try_change(r, resource.create, Role::create);
    if (resource.change && has_room()) try_change(r, *resource.change, Role::change);
    if (resource.remove && has_room()) try_change(r, *resource.remove, Role::remove);
    if (has_room()) try_reading(r);
  }
}

std::optional<Exchange> Prober::send_in(TrialRun& run, std::size_t number, const Draft& draft) {
  ProbedTarget& target = targets_[number];
  auto about_it = run.id ? about(number, draft, *run.id) : std::optional{draft};
  if (!about_it || target.is_done() || sender_.is_over()) return {};
  about_it->conversation = run.conversation;
  auto request = request_of(target, *about_it);
  if (!request) return {};
  run.sent.push_back(*request);
  return taken(number, *about_it, sender_.send(std::move(*request)));
}

/// What can be read now, as text; empty: it cannot be read, or is another one each time.
std::optional<std::string> Prober::state_of(TrialRun& run) {
  const auto reading = run.reading;
  if (!reading || targets_[*reading].is_done()) return {};
  std::optional<std::string> state;
  for (unsigned i = 0; i < 2; ++i) {
    const auto exchange = send_in(run, *reading, targets_[*reading].generator->plain_draft());
    run.sent.pop_back();  // what is read does not belong to the way
    if (!exchange || !exchange->response) return {};
    std::string now = std::to_string(exchange->response->status / 100 == 2 ? 200 : exchange->response->status);
    if (const auto body = parse_json(exchange->response->body, "the answer"); body && now == "200")
      now += steady_part(body->root(), 0).dump(-1, ' ', false, Json::error_handler_t::replace);
    if (state && *state != now) return {};
    state = std::move(now);
  }
  return state;
}

void Prober::note(TrialKind kind, std::size_t number, const TrialRun& run, const Exchange& exchange, bool has_effect) {
  const ProbedTarget& target = targets_[number];
  probing_.trials.push_back({kind, target.told.name, target.told.where, run.sent, exchange, has_effect});
}

void Prober::try_change(std::size_t resource, std::size_t number, Role role) {
  if (targets_[number].is_done()) return;
  TrialRun run{resource, values_.uuid(), {}, resources_[resource].list, {}};
  if (role != Role::create) {
    const Walk walk{resource, false, {step_of(Role::create, resources_[resource].create, 0)}};
    Played made = play(walk, false);
    if (!made.id) return;
    const auto reading = resources_[resource].read ? resources_[resource].read : resources_[resource].list;
    run = {resource, made.conversation, std::move(made.id), reading, std::move(made.sent)};
  }
  const Draft first = step_of(role, number, 1).draft;
  const auto before = state_of(run);
  if (!before) return;
  const auto answer = send_in(run, number, first);
  const auto after = answer ? state_of(run) : std::nullopt;
  if (!after) return;
  const auto& contract = *targets_[number].contract;
  const auto confirmed = confirming(contract, first, *answer);
  const bool has_effect = was_done(answer) && *before != *after;
  if (confirmed || can_be_confirmed(contract)) note(TrialKind::first_call, number, run, *answer, has_effect);
  if (confirmed) return try_confirmed(run, number, first, *confirmed);
  if (role != Role::create || !has_effect) return;
  const auto again = send_in(run, number, first);
  const auto then = again ? state_of(run) : std::nullopt;
  if (then) note(TrialKind::retry, number, run, *again, was_done(again) && *then != *after);
}

void Prober::try_confirmed(TrialRun& run, std::size_t number, const Draft& first, const Draft& confirmed) {
  const auto before = state_of(run);
  const auto done = before ? send_in(run, number, confirmed) : std::nullopt;
  const auto after = was_done(done) ? state_of(run) : std::nullopt;
  if (!after || *after == *before) return;
  const auto again = send_in(run, number, confirmed);
  const auto then = again ? state_of(run) : std::nullopt;
  if (!then) return;
  note(TrialKind::used_code, number, run, *again, was_done(again) && *then != *after);
  try_other_payload(run, number, first);
}

void Prober::try_other_payload(TrialRun& run, std::size_t number, const Draft& first) {
  const Draft other = step_of(Role::change, number, 0).draft;
  if (!other.body || !first.body || *other.body == *first.body) return;
  const auto preview = send_in(run, number, first);
  const auto fresh = preview ? confirming(*targets_[number].contract, first, *preview) : std::nullopt;
  const auto before = fresh ? state_of(run) : std::nullopt;
  if (!before) return;
  const auto answer = send_in(run, number, with_code_of(*fresh, first, other));
  const auto after = answer ? state_of(run) : std::nullopt;
  if (after) note(TrialKind::other_payload, number, run, *answer, was_done(answer) && *after != *before);
}

/// Every call that only reads, with an object to be read.
void Prober::try_reading(std::size_t resource) {
  const Walk walk{resource, false, {step_of(Role::create, resources_[resource].create, 0)}};
  Played made = play(walk, false);
  if (!made.id) return;
  const auto reading = resources_[resource].list ? resources_[resource].list : resources_[resource].read;
  TrialRun run{resource, made.conversation, made.id, reading, made.sent};
  auto before = state_of(run);
  unsigned tried = 0;
  for (std::size_t i = 0; i < targets_.size() && before && tried < most_readings; ++i) {
    ProbedTarget& target = targets_[i];
    if (target.is_done() || !only_reads(to_upper_ascii(target.contract->operation->method))) continue;
    ++tried;
    TrialRun one = run;
    const auto answer = send_in(one, i, target.generator->right_draft(1));
    auto after = answer ? state_of(one) : std::nullopt;
    if (!after) continue;
    note(TrialKind::reading, i, one, *answer, was_done(answer) && *after != *before);
    before = std::move(after);
  }
  remove_object(resource, made.conversation, *made.id);
}

}  // namespace plugvet
