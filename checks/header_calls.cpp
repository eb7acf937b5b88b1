#include "checks/header_calls.h"

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

const Attempt* call_of(const Enforcement& enforcement, std::string_view id) {
  const auto found = std::ranges::find(enforcement.header_calls, id, &Attempt::id);
  return found == enforcement.header_calls.end() ? nullptr : &*found;
}

}  // namespace

Judgement judge_header_calls(const Enforcement& enforcement, std::initializer_list<std::string_view> ids) {
  const auto is_answered = [](const Attempt& call) { return call.seen == Reaction::granted; };
  if (enforcement.header_calls.empty()) return Judgement::not_applicable("No reading operation could be called.");
  if (std::ranges::none_of(enforcement.header_calls, is_answered))
    return Judgement::not_applicable("The operation answers nobody: " +
                                     printable(enforcement.header_calls.front().actual) + ".");
  std::string tried;
  const Attempt* first = nullptr;
  for (const std::string_view id : ids)
    if (const Attempt* call = call_of(enforcement, id); call && !is_answered(*call)) {
      tried.append(tried.empty() ? "" : "; ").append(printable(shortened(call->tried, 160)));
      if (!first) first = call;
    }
  if (!first) return Judgement::pass();
  return Judgement::fail(header_finding(enforcement, first->id, "Not answered as without the headers: " + tried + ".",
                                        "a status of 2xx", printable(shortened(first->actual, 200))));
}

bool have_same_body(const Enforcement& enforcement, std::string_view id, std::string_view other) {
  const auto body = [&](std::string_view name) -> const std::string* {
    const Attempt* call = call_of(enforcement, name);
    return call && call->exchanges.front().response ? &call->exchanges.front().response->body : nullptr;
  };
  const std::string *one = body(id), *two = body(other);
  return one && two && *one == *two;
}

Finding header_finding(const Enforcement& enforcement, std::string_view id, std::string message, std::string expected,
                       std::string actual) {
  const Attempt* call = call_of(enforcement, id);
  return {enforcement.declaration.where, std::move(message), std::move(expected), std::move(actual),
          call && !call->exchanges.empty() ? call->exchanges.front().request.url : std::string{}};
}

}  // namespace plugvet::checks
