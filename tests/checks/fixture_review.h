#pragma once
#include <string>
#include <vector>

#include "fixtures/fault.h"
#include "harness/model/review.h"

namespace plugvet::tests {

/// A fixture plugin, with or without a fault, as somebody hands it in.
struct Handed {
  std::string plugin = "todo";
  std::string profile = "openai-plugin-v1";
  std::string submission;  ///< empty: what the profile usually gets; `{origin}` and `{folder}` as in fault files
  const fixtures::Fault* fault = nullptr;
  std::size_t probes = 0;  ///< so many requests are generated; 0: none, or what the fault needs
  std::uint64_t seed = 1;
};

Handed handed_in(const fixtures::Fault& fault);

/// Serves the plugin (as https://todo.plugvet.dev, or on localhost for the profile `local`), or writes it to a folder,
/// collects it and judges it by every check of the profile. Every host that the fault names leads to the served
/// plugin, except addresses, names that end in `.invalid` (they have no address) and names that begin with `closed.`
/// (nobody listens there).
/// std::runtime_error when the fault asks for what there is not: a profile, a check to set parameters of.
Review review_of(const Handed& handed);

/// How the review differs from what the fault says it must cause, for people; empty when it does not.
std::string difference(const fixtures::Fault& fault, const Review& review);
/// Everything in a review that is neither passed nor not applicable nor skipped, for people; empty when there is
/// nothing.
std::string complaints(const Review& review);

}  // namespace plugvet::tests
