// For a comment on a pull request or the summary of a build. GitHub refuses comments of more than 65,536 characters, so
// findings are added while they fit and counted when they do not.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/support/text.h"
#include "reports/report.h"
#include "reports/shared/dates.h"
#include "reports/shared/markdown_text.h"
#include "reports/shared/shown.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

constexpr std::size_t most_characters = 65'000;  // counted in bytes, which are never fewer
/// What stays free for the last lines.
std::size_t room_for_the_end(std::size_t room) {
  return std::min<std::size_t>(1'000, room / 4);
}

std::string excerpt(const ShownFinding& finding) {
  std::string lines;
  for (const ShownLine& line : finding.excerpt) {
    lines += without_log_commands(fmt::format("{} {:>4} | {}", line.marked ? ">" : " ", line.number, line.text)) + "\n";
  }
  return lines.empty() ? "" : "\n" + markdown_block(lines);
}

void append_item(std::string& out, std::string_view label, std::string_view text) {
  if (!text.empty()) out += fmt::format("- **{}** {}\n", label, markdown_text(text));
}

/// How much is said of a check: so many places of it, or one of them in a line.
struct Extent {
  std::size_t places = 10;
  bool is_line = false;
};

std::string finding_block(const ShownFinding& finding) {
  std::string out = fmt::format("**{}** {}", markdown_text(capitalized(artefact_word(finding.artefact))),
                                markdown_code(place(finding)));
  if (!finding.pointer.empty()) out += " " + markdown_code(finding.pointer);
  out += ": " + markdown_text(finding.message) + "\n" + excerpt(finding) + "\n";
  append_item(out, "Expected:", finding.expected);
  append_item(out, "Actual:", finding.actual);
  if (!finding.reproduction.empty()) out += "\n" + markdown_block(without_log_commands(finding.reproduction) + "\n");
  return out;
}

std::string label_of(const ShownCheck& check) {
  return check.for_reviewer ? "To judge" : capitalized(word(check.severity));
}

std::string check_line(const ShownCheck& check) {
  const std::size_t others = counting(check) - 1;
  const auto first = std::find_if(check.findings.begin(), check.findings.end(),
                                  [](const ShownFinding& finding) { return !finding.waiver; });
  if (first == check.findings.end()) return fmt::format("- **{}** {}\n", label_of(check), markdown_code(check.id));
  return fmt::format("- **{}** {} {}: {}{}\n", label_of(check), markdown_code(check.id), markdown_code(place(*first)),
                     markdown_text(shortened(first->message, 160)), others > 0 ? fmt::format(" ({} more)", others) : "");
}

std::string check_block(const ShownCheck& check, std::size_t most) {
  const std::size_t all = counting(check);
  std::string out = fmt::format("<details><summary><b>{}</b>: {} {}</summary>\n\n",
                                label_of(check), markdown_html(check.title), "<code>" + markdown_html(check.id) + "</code>");
  std::size_t shown = 0;
  for (const ShownFinding& finding : check.findings) {
    if (finding.waiver || shown == most) continue;
    if (shown > 0) out += "\n";
    out += finding_block(finding);
    ++shown;
  }
  if (all > shown) out += fmt::format("\n… and {} of this check.\n\n", counted(all - shown, "more finding"));
  append_item(out, "How to fix it:", check.remedy);
  append_item(out, "Required:", check.requirement);
  append_item(out, "Source:", check.source);
  return out + "\n</details>\n\n";
}

std::string check_text(const ShownCheck& check, const Extent& extent) {
  return extent.is_line ? check_line(check) : check_block(check, extent.places);
}

/// The richest text that fits; empty: none does.
std::string check_text_within(const ShownCheck& check, std::size_t room) {
  for (const Extent& extent : {Extent{10}, Extent{3}, Extent{1}, Extent{1, true}})
    if (std::string text = check_text(check, extent); text.size() <= room) return text;
  return {};
}

/// The checks as far as there is room, a line of each before more of any; then how many findings are missing.
void append_checks(std::string& out, std::string_view heading, const Checks& checks, std::size_t room) {
  if (checks.empty()) return;
  out += fmt::format("### {}\n\n", heading);
  std::vector<std::size_t> lines;
  for (const ShownCheck* check : checks) lines.push_back(check_line(*check).size() + 1);
  std::size_t for_the_rest = std::accumulate(lines.begin(), lines.end(), std::size_t{0});
  std::size_t left_out = 0;
  bool was_line = false;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    for_the_rest -= lines[i];
    const std::size_t taken = out.size() + room_for_the_end(room) + 1;
    const std::size_t free = room - std::min(room, taken);
    const std::string rich = check_text_within(*checks[i], free - std::min(free, for_the_rest));
    const std::string text = !rich.empty() ? rich : check_text_within(*checks[i], free);
    if (text.empty() || left_out > 0) {
      left_out += counting(*checks[i]);
      continue;
    }
    const bool is_line = text.starts_with("- ");
    if (was_line && !is_line) out += "\n";
    out += text;
    was_line = is_line;
  }
  if (was_line) out += "\n";
  if (left_out > 0)
    out += fmt::format("**{} did not fit here.** The HTML and JSON reports have them.\n\n",
                       counted(left_out, "more finding"));
}

void append_lines(std::string& out, std::string_view heading, const std::vector<std::string>& lines, std::size_t room) {
  if (lines.empty()) return;
  std::string block = fmt::format("### {}\n\n", heading);
  std::size_t left_out = 0;
  for (const std::string& line : lines) {
    if (left_out == 0 && out.size() + block.size() + line.size() + 200 <= room) {
      block += "- " + line + "\n";
    } else {
      ++left_out;
    }
  }
  if (left_out > 0) block += fmt::format("- {} did not fit here.\n", counted(left_out, "more line"));
  if (out.size() + block.size() <= room) out += block + "\n";
}

/// Where there is little room, the cause is worth more than the names of all checks.
std::vector<std::string> cause_lines(const ShownReview& review, Outcome outcome, std::size_t room) {
  constexpr std::size_t room_for_all = 20'000, a_few = 3;
  std::vector<std::string> lines;
  for (const Cause& cause : causes(review, outcome)) {
    const std::size_t named = room < room_for_all ? std::min(a_few, cause.checks.size()) : cause.checks.size();
    std::string ids;
    for (std::size_t i = 0; i < named; ++i) ids += (ids.empty() ? "" : ", ") + markdown_code(cause.checks[i]->id);
    if (named < cause.checks.size()) ids += fmt::format(" and {}", counted(cause.checks.size() - named, "more check"));
    lines.push_back(fmt::format("{}: {} ({})", capitalized(word(outcome)), markdown_text(cause.reason), ids));
  }
  return lines;
}

std::vector<std::string> waiver_lines(const ShownReview& review) {
  std::vector<std::string> lines;
  for (const ShownCheck* check : with_waived(review)) {
    for (const ShownFinding& finding : check->findings) {
      if (finding.waiver)
        lines.push_back(fmt::format("{}: {} Accepted because: {}", markdown_code(check->id),
                                    markdown_text(finding.message), markdown_text(*finding.waiver)));
    }
  }
  for (const ShownIdleWaiver& idle : review.idle_waivers)
    lines.push_back(fmt::format("{}: this waiver did nothing: {}", markdown_code(idle.check), markdown_text(idle.why)));
  return lines;
}

std::vector<std::string> change_lines(const ShownBaseline& baseline) {
  std::vector<std::string> lines;
  for (const ShownChange& change : baseline.changes) lines.push_back(markdown_text(change_text(change)));
  if (lines.empty()) lines.emplace_back("nothing");
  if (baseline.left_out > 0) lines.push_back(counted(baseline.left_out, "more change"));
  return lines;
}

constexpr std::size_t most_rows = 20;

/// What went otherwise than it should, as a table.
void append_authorization(std::string& out, const ShownReview& review, std::size_t room) {
  if (!review.authorization) return;
  const ShownAuthorization& shown = *review.authorization;
  if (shown.attempts.empty() && shown.operations.empty()) return;
  std::vector<std::string> rows;
  const auto add = [&](const std::string& tried, const std::string& expected, const std::string& actual) {
    rows.push_back(fmt::format("| {} | {} | {} |\n", markdown_cell(shortened(tried, 160)),
                               markdown_cell(shortened(expected, 60)), markdown_cell(shortened(actual, 120))));
  };
  for (const ShownAttempt& attempt : shown.attempts)
    if (attempt.trial == Trial::otherwise) add(attempt.tried, attempt.expected, attempt.actual);
  for (const ShownGuarded& operation : shown.operations)
    for (const ShownCall& call : operation.calls)
      if (call.trial == Trial::otherwise) add(operation.name + " with " + call.pass, "refused", call.actual);
  std::string block = "### Signing in\n\n";
  if (!shown.attempts.empty()) block += shown.attempts_counted() + ". ";
  block += shown.operations.empty() ? "\n\n" : shown.operations_counted() + ".\n\n";
  if (!rows.empty()) block += "| Tried | Expected | Seen |\n| --- | --- | --- |\n";
  for (std::size_t i = 0; i < std::min(rows.size(), most_rows); ++i) block += rows[i];
  if (rows.size() > most_rows) block += fmt::format("\n… and {}.\n", counted(rows.size() - most_rows, "more row"));
  if (out.size() + block.size() + 2 <= room) out += block + (rows.empty() ? "" : "\n");
}

std::string counts_table(const ShownCounts& c) {
  return fmt::format(
      "| Errors | Warnings | Notes | For the reviewer | Waived | Passed | Failed | Blocked | Crashed | Skipped | Not "
      "applicable |\n"
      "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
      "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n\n",
      c.error, c.warning, c.note, c.for_reviewer, c.waived, c.passed, c.failed, c.blocked, c.crashed, c.skipped,
      c.not_applicable);
}

std::string review_text(const ShownReview& review, std::size_t room) {
  std::string out =
      fmt::format("## {}: {}\n\n", capitalized(word(review.verdict)), markdown_text(shortened(review.name, 120)));
  out += fmt::format("{} (submission {}, profile {})\n\n", verdict_sentence(review),
                     markdown_code(shortened(review.source, 300)), markdown_code(shortened(review.profile, 100)));
  out += counts_table(review.counts);
  // What a person has to judge is not crowded out by what has to be fixed.
  const Checks judge = for_reviewer(review);
  append_checks(out, "What to fix first", to_fix(review), judge.empty() ? room : room - room / 4);
  append_checks(out, "For the reviewer", judge, room);
  if (review.baseline) append_lines(out, changes_heading(*review.baseline), change_lines(*review.baseline), room);
  std::vector<std::string> untested = cause_lines(review, Outcome::crashed, room);
  for (std::string& line : cause_lines(review, Outcome::blocked, room)) untested.push_back(std::move(line));
  for (std::string& line : cause_lines(review, Outcome::skipped, room)) untested.push_back(std::move(line));
  append_lines(out, "Not tested", untested, room);
  append_lines(out, "Waived", waiver_lines(review), room);
  append_authorization(out, review, room);
  const std::string end =
      fmt::format("plugvet {}, {}, in {}\n", markdown_text(shortened(review.tool_version, 40)),
                  markdown_text(shortened(date_and_time(review.started_at), 60)), duration(review.took));
  return out + (out.size() + end.size() <= room ? end : "");
}

std::string summary_table(const std::vector<ShownReview>& reviews) {
  constexpr std::size_t most = 50;
  std::string out = "| Verdict | Submission | Profile | Findings |\n| --- | --- | --- | --- |\n";
  for (std::size_t i = 0; i < std::min(reviews.size(), most); ++i) {
    const ShownReview& review = reviews[i];
    out += fmt::format("| **{}** | {} | {} | {} |\n", capitalized(word(review.verdict)),
                       markdown_cell(shortened(review.name, 60)), markdown_cell(shortened(review.profile, 40)),
                       findings_counted(review.counts));
  }
  if (reviews.size() > most) out += fmt::format("\n… and {}.\n", counted(reviews.size() - most, "more review"));
  return out + "\n";
}

std::string render_markdown(const Json& documents, const RenderOptions&) {
  const std::vector<ShownReview> reviews = all_shown(documents);
  std::string out = reviews.size() > 1 ? summary_table(reviews) : "";
  constexpr std::size_t least = 2'000;  // a review in less room says nothing
  for (std::size_t i = 0; i < reviews.size(); ++i) {
    const std::size_t left = most_characters - std::min(out.size(), most_characters);
    const std::size_t share = left / (reviews.size() - i);
    const std::string text = review_text(reviews[i], std::max(share, least));
    if (text.size() + 100 > left) {
      out += fmt::format("**{} did not fit here.**\n", counted(reviews.size() - i, "more review"));
      break;
    }
    out += text + (i + 1 < reviews.size() ? "\n" : "");
  }
  return out;
}

}  // namespace

extern constinit const ReportFormat markdown = {"markdown", "md", "for a comment on a pull request", render_markdown};

}  // namespace plugvet::reports
