// For terminals and build logs: the verdict first and last, between them what to do.
#include "harness/support/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/side_by_side.h"
#include "reports/report.h"
#include "reports/shared/dates.h"
#include "reports/shared/plain.h"
#include "reports/shared/shown.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

Ink ink_of(Verdict verdict) {
  return verdict == Verdict::approved ? Ink::green : verdict == Verdict::rejected ? Ink::red : Ink::yellow;
}

std::string upper_case(std::string_view word) {
  std::string out{word};
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

/// Words beside one another, broken before they get too wide.
void append_words(PlainText& text, std::size_t indent, const std::vector<std::string>& words) {
  constexpr std::size_t widest = 100;
  std::string line;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = words[i] + (i + 1 < words.size() ? "," : "");
    if (!line.empty() && line.size() + word.size() + 1 > widest) {
      text.line(indent, line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty()) text.line(indent, line);
}

std::vector<std::string> ids(const Checks& checks) {
  std::vector<std::string> ids;
  for (const ShownCheck* check : checks) ids.push_back(check->id);
  return ids;
}

void append_findings(PlainText& text, const Checks& checks, const RenderOptions& options) {
  for (const ShownCheck* check : checks) {
    std::size_t left = static_cast<std::size_t>(
        std::count_if(check->findings.begin(), check->findings.end(), [](const auto& f) { return !f.waiver; }));
    for (const ShownFinding& finding : check->findings) {
      if (finding.waiver) continue;
      // What to do is said once, below the last finding of the check.
      append_finding(text, *check, finding,
                     {!options.quiet, !options.quiet && --left == 0 && check->findings_left_out == 0});
      if (!options.quiet) text.line();
    }
    if (check->findings_left_out == 0) continue;
    text.line(2, fmt::format("{} of {}", counted(check->findings_left_out, "more finding"), check->id));
    if (!options.quiet) text.line(2, text.paint(Ink::green, "fix") + "       " + check->remedy).line();
  }
}

void append_causes(PlainText& text, std::string_view heading, const std::vector<Cause>& causes) {
  if (causes.empty()) return;
  text.line(0, text.paint(Ink::strong, heading));
  for (const Cause& cause : causes) {
    text.line(2, cause.reason.empty() ? "no cause is known" : cause.reason);
    append_words(text, 4, ids(cause.checks));
  }
  text.line();
}

void append_crashed(PlainText& text, const ShownReview& review) {
  const Checks crashed = with_outcome(review, Outcome::crashed);
  if (crashed.empty()) return;
  text.line(0, text.paint(Ink::strong, "Crashed") + " (a bug of plugvet, not of the submission: please report it)");
  for (const ShownCheck* check : crashed) text.line(2, check->id + ": " + check->reason);
  text.line();
}

/// One line for each: a waived finding stays in every report.
void append_waived_in_brief(PlainText& text, const ShownReview& review) {
  for (const ShownCheck* check : with_waived(review))
    for (const ShownFinding& finding : check->findings)
      if (finding.waiver)
        text.line(0, fmt::format("{}  {}  {}  {}", text.paint(Ink::faint, "waived"), check->id, place(finding),
                                 finding.message));
}

void append_waived(PlainText& text, const ShownReview& review) {
  const Checks waived = with_waived(review);
  if (waived.empty() && review.idle_waivers.empty()) return;
  text.line(0, text.paint(Ink::strong, "Waived"));
  for (const ShownCheck* check : waived) {
    for (const ShownFinding& finding : check->findings) {
      if (!finding.waiver) continue;
      text.line(2, fmt::format("{}  {}  {}", check->id, place(finding), finding.message));
      text.line(4, "accepted: " + *finding.waiver);
    }
  }
  for (const ShownIdleWaiver& idle : review.idle_waivers) {
    const std::string line = idle.line > 0 ? fmt::format(" (line {})", idle.line) : "";
    text.line(2, fmt::format("{}: this waiver did nothing: {}{}", idle.check, idle.why, line));
  }
  text.line();
}

void append_changes(PlainText& text, const ShownReview& review) {
  if (!review.baseline) return;
  text.line(0, text.paint(Ink::strong, changes_heading(*review.baseline)));
  for (const ShownChange& change : review.baseline->changes) text.line(2, change_text(change));
  if (review.baseline->changes.empty()) text.line(2, "nothing");
  if (review.baseline->left_out > 0) text.line(2, counted(review.baseline->left_out, "more change"));
  text.line();
}

/// "200 with no token, 200 with a wrong token"
std::string calls_otherwise(const ShownGuarded& operation) {
  std::vector<std::string> calls;
  for (const ShownCall& call : operation.calls)
    if (call.trial == Trial::otherwise) calls.push_back(call.status + " with " + call.pass);
  return fmt::format("{}", fmt::join(calls, ", "));
}

/// What went otherwise than it should; the HTML report has all of it.
void append_authorization(PlainText& text, const ShownReview& review) {
  if (!review.authorization) return;
  const ShownAuthorization& shown = *review.authorization;
  if (shown.attempts.empty() && shown.operations.empty()) return;
  text.line(0, text.paint(Ink::strong, "Signing in") + " (" + shown.kind + ")");
  if (!shown.attempts.empty()) text.line(2, shown.attempts_counted());
  for (const ShownAttempt& attempt : shown.attempts)
    if (attempt.trial == Trial::otherwise)
      text.line(4, fmt::format("{} {}; expected {}, seen {}", text.paint(Ink::red, "✗"), attempt.tried,
                               attempt.expected, attempt.actual));
  for (const ShownGuarded& operation : shown.operations)
    if (const std::string calls = calls_otherwise(operation); !calls.empty())
      text.line(4, fmt::format("{} {}: {}", text.paint(Ink::red, "✗"), operation.name, calls));
  if (!shown.operations.empty()) text.line(2, shown.operations_counted());
  text.line();
}

void append_list(PlainText& text, const ShownReview& review, Outcome outcome, std::string_view heading) {
  const Checks checks = with_outcome(review, outcome);
  if (checks.empty()) return;
  text.line(0, text.paint(Ink::strong, heading));
  for (const ShownCheck* check : checks) {
    std::string line = check->id;
    if (!check->reason.empty()) line += ": " + check->reason;
    text.line(2, line);
    for (const ShownMeasure& measure : check->measures)
      text.line(4, fmt::format("{}: {}", measure.name, measure_text(measure)));
  }
  text.line();
}

std::string outcomes_text(const ShownCounts& counts) {
  const std::pair<int, Outcome> all[] = {
      {counts.passed, Outcome::passed},   {counts.failed, Outcome::failed},
      {counts.blocked, Outcome::blocked}, {counts.crashed, Outcome::crashed},
      {counts.skipped, Outcome::skipped}, {counts.not_applicable, Outcome::not_applicable}};
  std::vector<std::string> parts;
  for (const auto& [amount, outcome] : all) {
    if (amount > 0) parts.push_back(fmt::format("{} {}", amount, word(outcome)));
  }
  return parts.empty() ? "no checks" : fmt::format("{}", fmt::join(parts, ", "));
}

/// What a person has to judge is no finding that counts, and yet its checks are among those that failed.
std::string found_text(const ShownReview& review, const Checks& judge) {
  std::size_t points = 0;
  for (const ShownCheck* check : judge) points += check->findings.size();
  return findings_counted(review.counts) + (points == 0 ? "" : "; " + counted(points, "point") + " for the reviewer");
}

void append_review(PlainText& text, const ShownReview& review, const RenderOptions& options) {
  const std::string verdict = text.paint(ink_of(review.verdict), upper_case(word(review.verdict)));
  text.line(0, fmt::format("{}  {}  {}", verdict, text.paint(Ink::strong, review.name),
                           text.paint(Ink::faint, fmt::format("{}, profile {}", review.source, review.profile))));
  if (!options.quiet) text.line(2, verdict_sentence(review)).line();
  append_findings(text, to_fix(review), options);
  const Checks judge = for_reviewer(review);
  if (!judge.empty()) {
    text.line(0, text.paint(Ink::strong, "For the reviewer") +
                     (options.quiet ? "" : " (a person has to judge; it does not count for the verdict)"));
    append_findings(text, judge, options);
  }
  if (options.quiet) {
    append_waived_in_brief(text, review);
  } else {
    append_changes(text, review);
    append_causes(text, "Not tested, because", causes(review, Outcome::blocked));
    append_crashed(text, review);
    append_waived(text, review);
    append_authorization(text, review);
    if (options.verbose) append_list(text, review, Outcome::passed, "Passed");
    if (options.verbose) append_list(text, review, Outcome::not_applicable, "Not applicable");
    append_causes(text, "Skipped, because", causes(review, Outcome::skipped));
  }
  text.line(0, fmt::format("{}: {}; {}, in {}", verdict, found_text(review, judge), outcomes_text(review.counts),
                           duration(review.took)));
}

std::string render_text(const Json& documents, const RenderOptions& options) {
  const std::span<const Json> reviews = review_documents(documents);
  std::vector<std::string> texts(reviews.size());
  for_each_side_by_side(reviews.size(), [&](std::size_t i) {
    PlainText text{options.color};
    if (i > 0) text.line();
    append_review(text, shown(reviews[i], options.quiet ? Shown::what_failed : Shown::everything), options);
    texts[i] = text.take();
  });
  std::string all;
  for (const std::string& text : texts) all += text;
  return all;
}

}  // namespace

extern constinit const ReportFormat text = {"text", "txt", "for terminals and build logs", render_text};

}  // namespace plugvet::reports
