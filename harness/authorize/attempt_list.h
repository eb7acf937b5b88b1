#pragma once
#include <string>
#include <vector>

#include "harness/authorize/attempts.h"

namespace plugvet {

/// Attempts in their order, as they come.
class AttemptList {
 public:
  /// `plan` lives longer.
  explicit AttemptList(const AttemptPlan& plan) : plan_{plan} {}

  /// One more. What is given as `not_possible_because` is why it is not made.
  Attempt& add(std::string id, std::string tried, Reaction expected, std::string not_possible_because = {});
  /// Nothing is known that forbids it, and there is time left.
  bool may_try(Attempt& attempt) const;

  Attempt& operator[](std::size_t index) { return attempts_[index]; }
  std::size_t size() const { return attempts_.size(); }
  std::vector<Attempt> take() { return std::move(attempts_); }

 private:
  const AttemptPlan& plan_;
  std::vector<Attempt> attempts_;
};

void conclude(Attempt& attempt, JourneyEnd end);
void conclude(Attempt& attempt, TokenReply reply);
/// Of an answer that is neither a browser's journey nor a token.
void conclude(Attempt& attempt, Exchange exchange);

void set_value(Pairs& pairs, std::string_view name, const std::string& value);
void remove_value(Pairs& pairs, std::string_view name);
/// With small letters for capitals, and the other way round.
std::string swapped_case(std::string text);

/// The two halves of attempts.h.
void try_authorization_endpoint(const AttemptPlan& plan, AttemptList& attempts);
void try_token_endpoint(const AttemptPlan& plan, AttemptList& attempts);

}  // namespace plugvet
