// The sign-in as a sequence diagram, what was tried beside it, and which operation let whom in.
#include <algorithm>
#include <array>

#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {
namespace {

constexpr std::array<std::string_view, 5> parties = {"browser", "platform", "authorization server", "token endpoint",
                                                     "API"};

std::size_t lane_of(const std::string& party) {
  const auto found = std::ranges::find(parties, party);
  return found == parties.end() ? 0 : static_cast<std::size_t>(found - parties.begin());
}

std::string_view class_of(Trial trial) {
  switch (trial) {
    case Trial::as_expected:
      return "good";
    case Trial::otherwise:
      return "bad";
    case Trial::untold:
      return "moved";
    case Trial::not_made:
      break;
  }
  return "quiet";
}

std::string_view mark_of(Trial trial) {
  switch (trial) {
    case Trial::as_expected:
      return "✓";
    case Trial::otherwise:
      return "✗";
    case Trial::untold:
      return "?";
    case Trial::not_made:
      break;
  }
  return "–";
}

std::string_view word_of(Trial trial) {
  switch (trial) {
    case Trial::as_expected:
      return "as expected";
    case Trial::otherwise:
      return "otherwise";
    case Trial::untold:
      return "no clear answer";
    case Trial::not_made:
      break;
  }
  return "not made";
}

void fill_fields(Fill& step, std::string_view section, const std::vector<ShownField>& fields) {
  if (fields.empty()) return;
  Fill& list = step.add(section);
  for (const ShownField& field : fields)
    list.add(std::string(section) + "_FIELD")
        .set("FIELD_NAME", field.name)
        .set("FIELD_VALUE", field.value)
        .set("FIELD_KIND", field.is_secret ? "secret" : "open");
}

void fill_step(Fill& fill, const ShownStep& step, std::size_t number) {
  const std::size_t from = lane_of(step.from), to = lane_of(step.to);
  fill.set("NUMBER", static_cast<double>(number))
      .set("AT", static_cast<double>(std::min(from, to) + 1))
      .set("SPAN", static_cast<double>(std::max(from, to) - std::min(from, to) + 1))
      .set("WAY", from <= to ? "right" : "left")
      .set("BACK", from <= to ? "left" : "right")
      .set("KIND", capitalized(step.kind))
      .set("FROM", step.from)
      .set("TO", step.to)
      .set("URL", step.url)
      .optional("METHOD", step.method)
      .optional("NOTE", step.note)
      .optional("ANSWER", step.answer);
  fill_fields(fill, "SENT", step.sent);
  fill_fields(fill, "RECEIVED", step.received);
}

void fill_attempts(Fill& fill, const ShownAuthorization& shown) {
  if (shown.attempts.empty()) return;
  Fill& table = fill.add("ATTEMPTS").set("COUNTED", shown.attempts_counted());
  for (const ShownAttempt& attempt : shown.attempts)
    table.add("ATTEMPT")
        .set("STATE", class_of(attempt.trial))
        .set("MARK", mark_of(attempt.trial))
        .set("TRIAL", word_of(attempt.trial))
        .set("TRIED", attempt.tried)
        .set("EXPECTED", attempt.expected)
        .set("ACTUAL", attempt.actual);
}

/// The passes that any operation was called with, in the order in which they come.
std::vector<std::string> passes_of(const ShownAuthorization& shown) {
  std::vector<std::string> passes;
  for (const ShownGuarded& operation : shown.operations)
    for (const ShownCall& call : operation.calls)
      if (std::ranges::find(passes, call.pass) == passes.end()) passes.push_back(call.pass);
  return passes;
}

void fill_cell(Fill& row, const ShownGuarded& operation, const std::string& pass) {
  const auto found = std::ranges::find(operation.calls, pass, &ShownCall::pass);
  const ShownCall none;
  const ShownCall& call = found == operation.calls.end() ? none : *found;
  row.add("CELL")
      .set("STATE", class_of(call.trial))
      .set("MARK", mark_of(call.trial))
      .set("TRIAL", word_of(call.trial))
      .set("CELL_PASS", pass)
      .set("STATUS", call.status);
}

void fill_enforcement(Fill& fill, const ShownAuthorization& shown) {
  if (shown.operations.empty()) return;
  Fill& matrix = fill.add("MATRIX");
  matrix.optional("NO_TOKEN", shown.no_token_because);
  const std::vector<std::string> passes = passes_of(shown);
  for (const std::string& pass : passes) matrix.add("PASS").set("PASS_NAME", pass);
  for (const ShownGuarded& operation : shown.operations) {
    Fill& row = matrix.add("OPERATION").set("OPERATION_NAME", operation.name);
    row.optional("WHY_NOT", operation.not_called_because);
    for (const std::string& pass : passes) fill_cell(row, operation, pass);
  }
  matrix.optional("LEFT_OUT", shown.left_out > 0 ? std::to_string(shown.left_out) : "");
}

}  // namespace

void fill_authorization(Fill& fill, const Page& page) {
  const ShownAuthorization& shown = *page.review.authorization;
  fill.set("ANCHOR", page.anchor).set("DECLARED", shown.kind);
  if (!shown.steps.empty()) {
    Fill& sequence = fill.add("SEQUENCE");
    sequence.optional("REDIRECT_URI", shown.redirect_uri).optional("BROKEN", shown.broken);
    for (const std::string_view party : parties) sequence.add("PARTY").set("PARTY_NAME", party);
    for (std::size_t i = 0; i < shown.steps.size(); ++i) fill_step(sequence.add("STEP"), shown.steps[i], i + 1);
  }
  fill_attempts(fill, shown);
  fill_enforcement(fill, shown);
}

}  // namespace plugvet::reports::html_parts
