// One self-contained page: no script, nothing loaded, readable on a telephone and on paper.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/report.h"
#include "reports/shared/dates.h"
#include "reports/shared/shown.h"
#include "reports/shared/template.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

using html_parts::Page;

std::string_view name(Outcome outcome) {
  return outcome == Outcome::not_applicable ? "not-applicable" : word(outcome);
}

/// The Content-Security-Policy allows exactly our style sheet, by its hash.
std::string style_hash(std::string_view style) {
  const std::string hex = sha256(style);
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return base64(bytes);
}

void fill_counts(Fill& review, const ShownCounts& counts) {
  struct Tile {
    std::string_view kind, icon, one, many;
    int amount;
  };
  const std::array<Tile, 5> tiles = {{{"error", "error", "error", "errors", counts.error},
                                      {"warning", "warning", "warning", "warnings", counts.warning},
                                      {"note", "note", "note", "notes", counts.note},
                                      {"judge", "eye", "for the reviewer", "for the reviewer", counts.for_reviewer},
                                      {"waived", "approved", "waived", "waived", counts.waived}}};
  for (const Tile& tile : tiles) {
    Fill& fill = review.add("COUNT")
                     .set("KIND", tile.kind)
                     .set("ICON", tile.icon)
                     .set("AMOUNT", tile.amount)
                     .set("LABEL", tile.amount == 1 ? tile.one : tile.many);
    fill.show_if(tile.amount == 0, "IS_ZERO");
  }
}

void fill_outcomes(Fill& review, const ShownCounts& counts) {
  const std::array<std::pair<Outcome, int>, 6> outcomes = {{{Outcome::passed, counts.passed},
                                                            {Outcome::failed, counts.failed},
                                                            {Outcome::blocked, counts.blocked},
                                                            {Outcome::crashed, counts.crashed},
                                                            {Outcome::skipped, counts.skipped},
                                                            {Outcome::not_applicable, counts.not_applicable}}};
  const double all = std::max(counts.checks(), 1);
  double x = 0;
  std::vector<std::string> words;
  for (const auto& [outcome, amount] : outcomes) {
    if (amount <= 0) continue;
    const double width = 100 * amount / all;
    review.add("SEGMENT").set("X", x).set("WIDTH", std::max(width - 0.25, 0.1)).set("KIND", name(outcome));
    review.add("LEGEND").set("KIND", name(outcome)).set("AMOUNT", amount).set("LABEL", word(outcome));
    words.push_back(fmt::format("{} {}", amount, word(outcome)));
    x += width;
  }
  review.set("OUTCOMES", words.empty() ? "No checks" : "Checks: " + listed(words));
}

/// What there is to do, at one glance; where it is little, the findings themselves are.
void fill_overview(Fill& review, const Page& page, const Checks& fix) {
  constexpr std::size_t little = 3;
  if (fix.size() <= little) return;
  Fill& list = review.add("OVERVIEW");
  for (const ShownCheck* check : fix) {
    const auto first =
        std::find_if(check->findings.begin(), check->findings.end(), [](const auto& f) { return !f.waiver; });
    const std::size_t others = counting(*check) - 1;
    Fill& point = list.add("POINT")
                      .set("SEVERITY", word(check->severity))
                      .set("SEVERITY_WORD", capitalized(word(check->severity)));
    point.set("POINT_HREF", "#" + page.check_anchor(check->id)).set("ID", check->id);
    point.set("MESSAGE", first == check->findings.end() ? check->title : shortened(first->message, 200))
        .optional("MORE", others > 0 ? fmt::format("and {} more", others) : "");
  }
}

void fill_untested(Fill& review, const ShownReview& shown) {
  const std::vector<Cause> blocked = causes(shown, Outcome::blocked);
  const Checks crashed = with_outcome(shown, Outcome::crashed);
  if (blocked.empty() && crashed.empty()) return;
  Fill& section = review.add("UNTESTED");
  const auto add = [&section](std::string_view kind, std::string_view reason, const std::string& blocks,
                              const Checks& checks) {
    Fill& cause = section.add("CAUSE")
                      .set("KIND", kind)
                      .set("REASON", reason.empty() ? "No cause is known" : reason)
                      .set("BLOCKS", blocks);
    for (const ShownCheck* check : checks) cause.add("BLOCKED").set("ID", check->id).set("CHECK_TITLE", check->title);
  };
  for (const Cause& cause : blocked) {
    const bool one = cause.checks.size() == 1;
    add("blocked", cause.reason,
        fmt::format("{} {} for it.", counted(cause.checks.size(), "check"), one ? "waits" : "wait"), cause.checks);
  }
  for (const ShownCheck* check : crashed) {
    add("crashed", check->reason, "A bug of plugvet, not of the submission. Please report it with the review document.",
        {check});
  }
}

std::string measures_of(const ShownCheck& check) {
  std::vector<std::string> texts;
  for (const ShownMeasure& measure : check.measures) {
    if (texts.size() < 6) texts.push_back(measure.name + ": " + measure_text(measure));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

void fill_folds(Fill& review, const Page& page) {
  static constexpr std::array<std::pair<Outcome, std::string_view>, 3> folds = {
      {{Outcome::passed, "Passed"}, {Outcome::not_applicable, "Not applicable"}, {Outcome::skipped, "Skipped"}}};
  for (const auto& [outcome, title] : folds) {
    const Checks checks = with_outcome(page.review, outcome);
    if (checks.empty()) continue;
    Fill& fold = review.add("FOLD")
                     .set("KIND", name(outcome))
                     .set("FOLD_TITLE", title)
                     .set("AMOUNT", static_cast<double>(checks.size()));
    for (const ShownCheck* check : checks) {
      fold.add("ENTRY")
          .set("CHECK_ANCHOR", page.check_anchor(check->id))
          .set("CHECK_TITLE", check->title)
          .set("ID", check->id)
          .optional("REASON", check->reason)
          .optional("MEASURES", measures_of(*check));
    }
  }
}

void fill_about(Fill& review, const ShownReview& shown) {
  review.set("PROFILE_ABOUT", shown.profile_about);
  const std::array<std::pair<std::string_view, std::string>, 6> run = {
      {{"Started", date_and_time(shown.started_at)},
       {"Took", duration(shown.took)},
       {"Checks", fmt::format("{}", shown.counts.checks())},
       {"Rejects on", std::string{word(shown.fail_on)} + (shown.fail_on == Severity::error ? "" : " and above")},
       {"Seed", shown.seed},
       {"plugvet", shown.tool_version}}};
  for (const auto& [key, value] : run) review.add("RUN").set("RUN_NAME", key).set("RUN_VALUE", value);
  if (shown.artefacts.empty()) return;
  Fill& list = review.add("ARTEFACTS");
  for (const ShownArtefact& artefact : shown.artefacts) {
    Fill& row = list.add("ARTEFACT").set("ARTEFACT_NAME", capitalized(artefact_word(artefact.artefact)));
    row.optional(html_parts::is_web_address(artefact.location) ? "LINK" : "PATH", artefact.location);
    std::vector<std::string> size;
    if (!artefact.media_type.empty()) size.push_back(artefact.media_type);
    if (artefact.bytes) size.push_back(bytes_text(*artefact.bytes));
    row.optional("SIZE", fmt::format("{}", fmt::join(size, ", ")))
        .optional("SHA256", artefact.sha256)
        .optional("PROBLEM", artefact.problem);
  }
}

bool has_authorization(const ShownReview& shown) {
  const auto& authorization = shown.authorization;
  return authorization && !(authorization->steps.empty() && authorization->attempts.empty() &&
                            authorization->operations.empty());
}

void fill_contents(Fill& review, const Page& page) {
  const ShownReview& shown = page.review;
  const auto add = [&](std::string_view part, std::string_view label, int amount = 0) {
    Fill& fill = review.add("PART").set("HREF", fmt::format("#{}-{}", page.anchor, part)).set("LABEL", label);
    fill.optional("AMOUNT", amount > 0 ? fmt::format("{}", amount) : "");
  };
  add("fix", "What to fix first", shown.counts.error + shown.counts.warning + shown.counts.note);
  add("reviewer", "For the reviewer", shown.counts.for_reviewer);
  if (shown.baseline) add("changes", "What changed", static_cast<int>(shown.baseline->changes.size()));
  if (shown.counts.blocked + shown.counts.crashed > 0)
    add("untested", "Not tested", shown.counts.blocked + shown.counts.crashed);
  const bool measured =
      std::any_of(shown.checks.begin(), shown.checks.end(), [](const auto& c) { return !c.measures.empty(); });
  if (measured) add("measured", "Measured");
  if (shown.logo) add("logo", "Logo");
  if (shown.legal_page) add("legal", "Legal page");
  if (shown.functions) add("functions", "What the model sees");
  if (has_authorization(shown)) add("authorization", "Signing in");
  if (!shown.exchanges.empty()) add("transport", "On the wire");
  if (!with_waived(shown).empty() || !shown.idle_waivers.empty()) add("waived", "Waived", shown.counts.waived);
  add("checks", "All other checks");
  add("about", "About");
}

void fill_review(Fill& fill, const Page& page) {
  const ShownReview& shown = page.review;
  fill.set("ANCHOR", page.anchor)
      .set("NAME", shown.name)
      .set("SOURCE", shown.source)
      .set("PROFILE", shown.profile)
      .set("PROFILE_TITLE", shown.profile_title);
  fill.set("VERDICT", word(shown.verdict))
      .set("VERDICT_WORD", capitalized(word(shown.verdict)))
      .set("SENTENCE", verdict_sentence(shown));
  fill_counts(fill, shown.counts);
  fill_outcomes(fill, shown.counts);
  fill_contents(fill, page);
  const Checks fix = to_fix(shown), judge = for_reviewer(shown);
  fill.show_if(fix.empty(), "NOTHING_TO_FIX");
  fill.show_if(judge.empty(), "NOTHING_TO_JUDGE");
  fill_overview(fill, page, fix);
  for (const ShownCheck* check : fix) html_parts::fill_check(fill.include("FIX", "check.html"), page, *check);
  for (const ShownCheck* check : judge) html_parts::fill_check(fill.include("JUDGE", "check.html"), page, *check);
  fill_untested(fill, shown);
  html_parts::fill_measures(fill, page);
  html_parts::fill_logo(fill, page);
  html_parts::fill_legal_page(fill, page);
  html_parts::fill_functions(fill, page);
  if (has_authorization(shown))
    html_parts::fill_authorization(fill.include("AUTHORIZATION", "authorization.html"), page);
  if (!shown.exchanges.empty()) html_parts::fill_transport(fill.include("TRANSPORT", "transport.html"), page);
  html_parts::fill_waived(fill, page);
  html_parts::fill_changes(fill, page);
  fill_folds(fill, page);
  fill_about(fill, shown);
}

std::string page_title(const std::vector<ShownReview>& reviews) {
  if (reviews.size() == 1)
    return fmt::format("{}: {} – plugvet", capitalized(word(reviews.front().verdict)), reviews.front().name);
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::rejected, Verdict::incomplete, Verdict::approved}) {
    const auto amount =
        std::count_if(reviews.begin(), reviews.end(), [=](const auto& r) { return r.verdict == verdict; });
    if (amount > 0) parts.push_back(fmt::format("{} {}", amount, word(verdict)));
  }
  return fmt::format("{}: {}", counted(reviews.size(), "review"), listed(parts));
}

std::string anchor(std::size_t index) {
  return fmt::format("review-{}", index + 1);
}

void fill_summary(Fill& page, const std::vector<ShownReview>& reviews) {
  if (reviews.size() < 2) return;
  Fill& summary = page.add("SEVERAL");
  for (std::size_t i = 0; i < reviews.size(); ++i) {
    const ShownReview& shown = reviews[i];
    summary.add("ROW")
        .set("HREF", "#" + anchor(i))
        .set("VERDICT", word(shown.verdict))
        .set("VERDICT_WORD", capitalized(word(shown.verdict)))
        .set("NAME", shown.name)
        .set("PROFILE_TITLE", shown.profile_title)
        .set("FINDINGS", findings_counted(shown.counts));
  }
}

std::string render_html(const Json& documents, const RenderOptions&) {
  const std::vector<ShownReview> reviews = all_shown(documents);
  const std::string_view style = template_file("report.css");
  Fill page;
  page.set("STYLE", style).set("STYLE_HASH", style_hash(style)).set("TITLE", page_title(reviews));
  page.set("VERSION", reviews.empty() ? "" : reviews.front().tool_version)
      .set("WHEN", reviews.empty() ? "" : date_and_time(reviews.front().started_at));
  page.set("SOURCES", counted(reviews.size(), "review document"));
  fill_summary(page, reviews);
  for (std::size_t i = 0; i < reviews.size(); ++i)
    fill_review(page.include("REVIEW", "review.html"), {reviews[i], anchor(i), reviews.size() == 1});
  return expand("page.html", page);
}

}  // namespace

extern constinit const ReportFormat html = {"html", "html", "a page for people: everything in one file", render_html};

}  // namespace plugvet::reports
