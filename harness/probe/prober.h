#pragma once
#include <deque>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "harness/authorize/random_values.h"
#include "harness/probe/generator.h"
#include "harness/probe/resources.h"
#include "harness/probe/sender.h"

namespace plugvet {

/// One operation, and what is still to be done with it.
struct ProbedTarget {
  /// An object that was made for this operation alone, so that others do not change it meanwhile.
  struct OwnObject {
    std::string conversation;
    Json id;
    std::vector<Request> made_by;
    unsigned uses = 0;
  };

  std::shared_ptr<const openapi::Contract> contract;
  std::optional<Generator> generator;
  CallTarget call;
  ProbedOperation told;
  unsigned refusals = 0;
  std::optional<std::size_t> resource;  ///< whose objects it is about
  std::optional<std::size_t> id_input;  ///< which of its inputs takes their id; empty: it lists them
  std::optional<OwnObject> object;
  unsigned objects = 0;  ///< so many were made
  bool is_done() const { return !told.not_probed_because.empty() || !told.ended_because.empty(); }
};

/// Calls the operations of one API description, and keeps what checks complain about.
class Prober {
 public:
  Prober(Evidence& evidence, Transport& transport, const ProbeOptions& options);
  Probing run();

 private:
  // --- what is to be called: targets.cpp
  bool is_on_loopback() const;
  void find_targets();
  ProbedTarget target_of(const std::shared_ptr<const openapi::Contract>& contract) const;
  std::vector<std::string> undeclared_methods(const openapi::Operation& operation) const;
  void find_resources();

  // --- sending: prober.cpp
  struct Pending {
    std::size_t target = 0;
    Draft draft;
    std::vector<Request> before;
    std::future<Fetch> fetch;
  };
  void go_round(Generator::Stage stage);
  void start(std::size_t target, Draft draft);
  void take_first();
  std::optional<Request> request_of(const ProbedTarget& target, const Draft& draft);
  std::optional<Exchange> taken(std::size_t number, const Draft& draft, Exchange exchange);
  Probe probe_of(const ProbedTarget& target, const Draft& draft, Exchange exchange) const;
  bool is_refusal(ProbedTarget& target, const Exchange& exchange);
  void show(const ProbedTarget& target) const;

  // --- what is kept: prober.cpp
  struct Found {
    Draft draft;
    Probe probe;
  };
  void consider(std::size_t number, const Draft& draft, Probe probe);
  void keep_sample(std::size_t number, Probe probe);
  std::vector<std::string> complaints(const Probe& probe) const;
  std::vector<std::string> unseen(std::vector<std::string> complaints) const;
  bool says(const Probe& probe, const std::vector<std::string>& wanted) const;
  std::optional<Probe> again(std::size_t number, const Draft& draft, const Probe& first,
                             const std::vector<std::string>& wanted);
  Found confirmed(std::size_t number, const Draft& draft, Probe probe, const std::vector<std::string>& wanted);
  Found shrunk(std::size_t number, Found found, const std::vector<std::string>& wanted);

  // --- objects, from their making to their end: walks.cpp
  struct Step {
    Role role = Role::read;
    std::size_t number = 0;
    Draft draft;
  };
  struct Walk {
    std::size_t resource = 0;
    bool is_plain = false;
    std::vector<Step> steps;  ///< the first one makes the object
  };
  /// How far it is, and what became of it.
  struct Played {
    Sequence sequence;
    std::vector<Request> sent;
    std::string conversation;
    std::optional<Json> id;
    std::optional<Probe> last;
    bool is_judged = true;
  };
  void walk(unsigned from_variant, unsigned to_variant, unsigned more_steps);
  void walk_plainly();
  void walk_at_random();
  Walk walk_of(std::size_t resource, unsigned variant, unsigned more_steps);
  Step step_of(Role role, std::size_t number, unsigned variant);
  Played play(const Walk& walk, bool is_judged);
  bool play_step(const Walk& walk, std::size_t number, Played& played);
  std::optional<Exchange> call(const Walk& walk, std::size_t number, const Draft& draft, Played& played);
  void consider_step(const Walk& walk, std::size_t number, const Draft& draft, Probe probe, const Played& played);
  Probe on_the_shortest_way(Walk walk, Probe probe, const std::vector<std::string>& wanted);
  std::optional<Draft> about(std::size_t number, Draft draft, const Json& id) const;
  std::vector<Request> put_object(std::size_t number, Draft& draft);
  void make_object(std::size_t number);
  void retire(std::size_t number);
  void remove_object(std::size_t resource, const std::string& conversation, const Json& id);
  void retire_all();

  // --- what a call does to the state: trials.cpp
  struct TrialRun {
    std::size_t resource = 0;
    std::string conversation;
    std::optional<Json> id;              ///< of the object that it is about
    std::optional<std::size_t> reading;  ///< the operation that the state is read with
    std::vector<Request> sent;
  };
  void try_effects();
  void try_change(std::size_t resource, std::size_t number, Role role);
  void try_confirmed(TrialRun& run, std::size_t number, const Draft& first, const Draft& confirmed);
  void try_other_payload(TrialRun& run, std::size_t number, const Draft& first);
  void try_reading(std::size_t resource);
  std::optional<Exchange> send_in(TrialRun& run, std::size_t number, const Draft& draft);
  std::optional<std::string> state_of(TrialRun& run);
  void note(TrialKind kind, std::size_t number, const TrialRun& run, const Exchange& exchange, bool has_effect);

  Evidence& evidence_;
  const ApiDescription& api_;
  const ProbeOptions& options_;
  RandomValues values_;
  Random random_;
  const std::string user_;
  const Entry entry_;
  Sender sender_;
  std::vector<ProbedTarget> targets_;
  std::vector<Resource> resources_;
  std::set<std::size_t> unusable_;  ///< resources of which no object can be made
  std::deque<Pending> pending_;
  std::set<std::string> seen_;
  std::map<std::string, unsigned> flaky_;
  std::set<std::tuple<std::size_t, ProbeKind, Breach, int, std::string>> sampled_;
  Probing probing_;
};

}  // namespace plugvet
