#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/probe/prober.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

using openapi::Contract;

constexpr unsigned steps_at_random = 3;       // between making and removing
constexpr unsigned plain_walks = 3;           // with Generator::right_draft of these variants
constexpr unsigned most_walks = 200;          // of one resource
constexpr std::size_t requests_of_walks = 4;  // one in so many of the budget
constexpr unsigned most_uses = 30;            // of one object; then another is made
constexpr unsigned most_objects = 2000;       // of one operation
constexpr std::size_t requests_to_shorten = 40;
constexpr unsigned one_in = 4;  // random ids are sent so often, though there is an object

/// What nobody can know before the answer to the first call is left out of it.
Draft without_confirmation(const Contract& contract, Draft draft) {
  for (std::size_t i = 0; i < contract.inputs.size(); ++i)
    if (!contract.inputs[i].parameter->required && contract.inputs[i].parameter->in != "path" &&
        is_confirmation(contract.inputs[i].parameter->name))
      draft.inputs[i].reset();
  if (!draft.body || !draft.body->is_object()) return draft;
  std::vector<std::string> names;
  for (const auto& [name, ignored] : draft.body->items())
    if (is_confirmation(name)) names.push_back(name);
  for (const std::string& name : names) draft.body->erase(name);
  return draft;
}

bool is_done_with(const std::optional<Exchange>& exchange) {
  return exchange && exchange->response && exchange->response->status / 100 == 2;
}

}  // namespace

void Prober::walk(unsigned from_variant, unsigned to_variant, unsigned more_steps) {
  const std::size_t last = sender_.sent() + sender_.budget() / requests_of_walks;
  for (unsigned variant = from_variant; variant < to_variant; ++variant)
    for (std::size_t r = 0; r < resources_.size(); ++r)
      if (!sender_.is_over() && sender_.sent() < last && !unusable_.contains(r) &&
          !targets_[resources_[r].create].is_done())
        play(walk_of(r, variant, more_steps), true);
}

void Prober::walk_plainly() {
  walk(0, plain_walks, 0);
}

void Prober::walk_at_random() {
  walk(plain_walks, most_walks, steps_at_random);
}

Prober::Step Prober::step_of(Role role, std::size_t number, unsigned variant) {
  ProbedTarget& target = targets_[number];
  Step step{role, number, {}};
  if (target.is_done()) return step;
  step.draft = without_confirmation(*target.contract, target.generator->right_draft(variant));
  if (target.generator->is_odd(step.draft)) step.draft = target.generator->plain_draft();
  step.draft.about = fmt::format("a right call, to {}", name_of(role));
  if (variant < plain_walks) step.draft.kind = ProbeKind::example;
  return step;
}

/// Make, read, change, read, some steps at random, remove, read again: of what there is.
Prober::Walk Prober::walk_of(std::size_t number, unsigned variant, unsigned more_steps) {
  const Resource& resource = resources_[number];
  Walk walk{number, variant == 2, {}};
  const auto reading = resource.read ? resource.read : resource.list;
  const auto add = [&](Role role, const std::optional<std::size_t>& target, unsigned as) {
    if (target && !targets_[*target].is_done()) walk.steps.push_back(step_of(role, *target, as));
  };
  add(Role::create, resource.create, variant);
  add(Role::read, reading, 0);
  add(Role::change, resource.change, variant);
  if (resource.change) add(Role::read, reading, 0);
  for (unsigned i = 0; i < more_steps; ++i) {
    const std::size_t count = resource.about.size() + (resource.list ? 1 : 0);
    const std::size_t choice = random_.below(count);
    const std::size_t target = choice < resource.about.size() ? resource.about[choice] : *resource.list;
    if (target == resource.remove) continue;
    const Role role = target == resource.change ? Role::change
                      : target == resource.read || target == resource.list ? Role::read
                                                                           : Role::other;
    add(role, target, variant);
    if (role == Role::change) add(Role::read, reading, 0);
  }
  if (resource.list && resource.read) add(Role::read, resource.list, 0);
  add(Role::remove, resource.remove, 0);
  if (resource.remove) add(Role::read_again, reading, 0);
  return walk;
}

Prober::Played Prober::play(const Walk& walk, bool is_judged) {
  Played played;
  played.conversation = values_.uuid();
  played.is_judged = is_judged;
  played.sequence.is_listed = !resources_[walk.resource].read;
  played.sequence.is_plain = walk.is_plain;
  for (std::size_t i = 0; i < walk.steps.size() && !sender_.is_over(); ++i)
    if (!play_step(walk, i, played) && (i == 0 || walk.steps[i].role == Role::remove)) break;
  if (played.id && is_judged) probing_.sequences.push_back(played.sequence);
  return played;
}

/// Whether it was done.
bool Prober::play_step(const Walk& walk, std::size_t number, Played& played) {
  const Step& step = walk.steps[number];
  const std::string& parameter = resources_[walk.resource].parameter;
  std::optional<Draft> draft = number == 0 ? std::optional{step.draft} : about(step.number, step.draft, *played.id);
  if (!draft) return false;
  draft->conversation = played.conversation;
  const auto exchange = call(walk, number, *draft, played);
  if (!exchange) return false;
  if (number == 0) {
    if (is_done_with(exchange)) played.id = made_id(*exchange, parameter);
    if (!played.id) return false;
    played.sequence.id = played.id->is_string() ? played.id->get<std::string>() : played.id->dump();
  }
  played.sequence.steps.back().object = object_in(*exchange, parameter, *played.id);
  return is_done_with(exchange);
}

/// Sends it, and once more with the confirmation where it asks for one.
std::optional<Exchange> Prober::call(const Walk& walk, std::size_t number, const Draft& draft, Played& played) {
  const Step& step = walk.steps[number];
  ProbedTarget& target = targets_[step.number];
  std::optional<Draft> next = draft;
  std::optional<Exchange> last;
  for (unsigned i = 0; next && i < 2 && !sender_.is_over() && !target.is_done(); ++i) {
    const Draft sent = *std::exchange(next, std::nullopt);
    auto request = request_of(target, sent);
    if (!request) break;
    Exchange first = sender_.send(*request);
    if (first.problem && !sender_.is_over()) first = sender_.send(*request);
    auto exchange = taken(step.number, sent, std::move(first));
    if (!exchange) break;
    show(target);
    Probe probe = probe_of(target, sent, *exchange);
    probe.before = played.sent;
    played.sent.push_back(std::move(*request));
    if (!only_reads(sent.method)) next = confirming(*target.contract, sent, *exchange);
    if (played.is_judged) consider_step(walk, number, sent, probe, played);
    played.last = std::move(probe);
    last = std::move(exchange);
  }
  if (last) played.sequence.steps.push_back({step.role, target.told.name, target.told.where, *last, nullptr});
  return last;
}

void Prober::consider_step(const Walk& walk, std::size_t number, const Draft& draft, Probe probe,
                           const Played& played) {
  const std::size_t target = walk.steps[number].number;
  const bool stands_alone = played.sent.size() == 1;
  if (stands_alone || !options_.complaints) return consider(target, draft, std::move(probe));
  std::vector<std::string> all = complaints(probe);
  if (all.empty()) return keep_sample(target, std::move(probe));
  const std::vector<std::string> fresh = unseen(std::move(all));
  if (fresh.empty()) return;
  if (only_reads(draft.method)) {
    const Found found = confirmed(target, draft, probe, fresh);
    if (found.probe.is_flaky) return;  // the object may be another one meanwhile
  }
  seen_.insert(fresh.begin(), fresh.end());
  Walk until = walk;
  until.steps.resize(number + 1);
  probing_.probes.push_back(on_the_shortest_way(std::move(until), std::move(probe), fresh));
}

/// The same complaint after fewer steps.
Probe Prober::on_the_shortest_way(Walk walk, Probe probe, const std::vector<std::string>& wanted) {
  const std::size_t last = sender_.sent() + requests_to_shorten;
  for (std::size_t i = walk.steps.size() - 1; i > 1 && sender_.sent() < last && !sender_.is_over(); --i) {
    Walk shorter = walk;
    shorter.steps.erase(shorter.steps.begin() + static_cast<std::ptrdiff_t>(i) - 1);
    Played played = play(shorter, false);
    if (played.id) remove_object(walk.resource, played.conversation, *played.id);
    const bool is_whole = played.sequence.steps.size() == shorter.steps.size();
    if (!is_whole || !played.last || !says(*played.last, wanted)) continue;
    probe = std::move(*played.last);
    walk = std::move(shorter);
  }
  return probe;
}

/// A call that is about that object; empty: the operation takes no such id.
std::optional<Draft> Prober::about(std::size_t number, Draft draft, const Json& id) const {
  const ProbedTarget& target = targets_[number];
  if (!target.id_input) return draft;
  const Contract::Input& input = target.contract->inputs[*target.id_input];
  draft.inputs[*target.id_input] = id;
  if (input.compiled && std::ranges::none_of(readings_of(input, id), [&](const Json& one) {
        return input.compiled->is_valid(one, {.direction = schema::Direction::request});
      }))
    return {};
  return draft;
}

// --- objects for single calls

/// Has the draft speak of an object that is there, where it says nothing else of it. What was sent to make it.
std::vector<Request> Prober::put_object(std::size_t number, Draft& draft) {
  ProbedTarget& target = targets_[number];
  if (!target.resource || unusable_.contains(*target.resource) || draft.kind == ProbeKind::example) return {};
  if (target.id_input && target.generator->breaks(draft, *target.id_input)) return {};
  const bool is_random = draft.kind == ProbeKind::random;
  if (target.id_input && !(is_random ? random_.below(one_in) != 0
                                     : target.generator->is_usual(draft, *target.id_input))) return {};
  if (target.object && ++target.object->uses > most_uses) retire(number);
  if (!target.object) make_object(number);
  if (!target.object) return {};
  if (target.id_input) {
    auto about_it = about(number, draft, target.object->id);
    if (!about_it) return {};
    draft = std::move(*about_it);
  }
  draft.conversation = target.object->conversation;
  return target.object->made_by;
}

void Prober::make_object(std::size_t number) {
  ProbedTarget& target = targets_[number];
  const Resource& resource = resources_[*target.resource];
  if (target.objects >= most_objects || targets_[resource.create].is_done()) return;
  Walk walk{*target.resource, false, {step_of(Role::create, resource.create, target.objects++)}};
  Played played = play(walk, false);
  if (played.id)
    target.object = {played.conversation, *played.id, std::move(played.sent), 0};
  else if (target.objects == 1)
    unusable_.insert(*target.resource);
}

void Prober::retire(std::size_t number) {
  if (const auto object = std::exchange(targets_[number].object, std::nullopt))
    remove_object(*targets_[number].resource, object->conversation, object->id);
}

/// What was made for a test is of no use to anybody.
void Prober::remove_object(std::size_t resource, const std::string& conversation, const Json& id) {
  const auto remove = resources_[resource].remove;
  if (!remove || targets_[*remove].is_done()) return;
  const Walk walk{resource, false, {step_of(Role::remove, *remove, 0)}};
  auto draft = about(*remove, walk.steps.front().draft, id);
  if (!draft) return;
  draft->conversation = conversation;
  Played played;
  played.is_judged = false;
  call(walk, 0, *draft, played);
}

void Prober::retire_all() {
  for (std::size_t i = 0; i < targets_.size(); ++i)
    if (targets_[i].object && !sender_.is_over()) retire(i);
}

}  // namespace plugvet
