#include "harness/authorize/attempt_list.h"

#include <algorithm>

namespace plugvet {

Attempt& AttemptList::add(std::string id, std::string tried, Reaction expected, std::string not_possible_because) {
  Attempt attempt;
  attempt.id = std::move(id);
  attempt.tried = std::move(tried);
  attempt.expected = expected;
  attempt.actual = plan_.why_not.empty() ? std::move(not_possible_because) : plan_.why_not;
  return attempts_.emplace_back(std::move(attempt));
}

bool AttemptList::may_try(Attempt& attempt) const {
  if (attempt.actual.empty() && plan_.flow.sender().time_left() <= std::chrono::milliseconds{1})
    attempt.actual = "the time was up";
  return attempt.actual.empty();
}

void conclude(Attempt& attempt, JourneyEnd end) {
  attempt.seen = end.reaction;
  attempt.actual = std::move(end.actual);
  if (end.callback) attempt.error = end.callback->error;
  attempt.callback = std::move(end.callback);
  for (SignInStep& step : end.steps)
    if (step.kind != StepKind::callback) attempt.exchanges.push_back(std::move(step.exchange));
}

void conclude(Attempt& attempt, TokenReply reply) {
  attempt.seen = reaction_of(reply.answer);
  attempt.actual = answer_text(reply.answer);
  attempt.error = reply.answer.error();
  attempt.exchanges.push_back(reply.answer.exchange);
  attempt.answer = std::move(reply.answer);
}

void conclude(Attempt& attempt, Exchange exchange) {
  attempt.seen = reaction_of(exchange);
  attempt.actual = answer_text(exchange);
  attempt.exchanges.push_back(std::move(exchange));
}

void set_value(Pairs& pairs, std::string_view name, const std::string& value) {
  for (auto& [known, old] : pairs)
    if (known == name) old = value;
}

void remove_value(Pairs& pairs, std::string_view name) {
  std::erase_if(pairs, [&](const auto& pair) { return pair.first == name; });
}

std::string swapped_case(std::string text) {
  for (char& c : text)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c = static_cast<char>(c ^ 0x20);
  return text;
}

}  // namespace plugvet
