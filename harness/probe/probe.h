#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/authorize/entry.h"
#include "harness/model/probing.h"

namespace plugvet {

/// What the checks say of one probe, as words that mean nothing here: the same word is the same finding. What they
/// complain about is made smaller as long as they go on to complain.
using Complaints = std::function<std::vector<std::string>(const Evidence&, const Probe&)>;

/// How far it is, for the person who waits.
struct ProbeProgress {
  std::string operation;
  std::size_t requests = 0, budget = 0, complaints = 0;
};

struct ProbeOptions {
  AuthorizeOptions authorize;  ///< live, allow_writes, credentials, secrets, seed, limits, deadline, wait
  std::optional<std::size_t> max_requests;  ///< of one submission; empty: 200, on loopback 2,000
  Complaints complaints;                    ///< empty: every probe is kept
  std::function<bool()> is_interrupted = [] { return false; };
  std::function<void(const ProbeProgress&)> show;
};

/// Calls every operation of the API description with what was generated from it: Evidence::probing, when `needs` names
/// it. Where nothing may be called, the evidence says what to give. `transport` may be null when the submission is on
/// disk.
void probe(Evidence& evidence, Needs needs, const std::shared_ptr<Transport>& transport, const ProbeOptions& options);

}  // namespace plugvet
