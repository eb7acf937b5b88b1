#include "reports/shared/words.h"

#include "reports/shared/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

#include "harness/support/text.h"

namespace plugvet::reports {
namespace {

std::size_t count(int number) {
  return number < 0 ? 0 : static_cast<std::size_t>(number);
}

std::vector<std::string> counted_findings(const ShownCounts& counts, Severity from) {
  std::vector<std::string> parts;
  if (counts.error > 0) parts.push_back(counted(count(counts.error), "error"));
  if (counts.warning > 0 && from <= Severity::warning) parts.push_back(counted(count(counts.warning), "warning"));
  if (counts.note > 0 && from <= Severity::note) parts.push_back(counted(count(counts.note), "note"));
  return parts;
}

std::string approved_sentence(const ShownReview& review) {
  const std::vector<std::string> parts = counted_findings(review.counts, Severity::note);
  const int untested = review.counts.blocked + review.counts.crashed;
  std::string sentence;
  if (parts.empty()) {
    sentence =
        untested == 0
            ? fmt::format("{} passed.", review.counts.passed == 1
                                            ? "The one check that was carried out"
                                            : fmt::format("All {} checks that were carried out", review.counts.passed))
            : "Nothing was found against it.";
  } else {
    const bool one = parts.size() == 1 && parts.front().starts_with("1 ");
    sentence = fmt::format("Nothing stands against approval; {} {} worth a look.", listed(parts), one ? "is" : "are");
  }
  if (untested > 0) sentence += fmt::format(" {} could not be carried out.", counted(count(untested), "check"));
  if (review.counts.skipped > 0)
    sentence += fmt::format(" {} skipped.", counted(count(review.counts.skipped), "check was", "checks were"));
  return sentence;
}

}  // namespace

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

std::string_view word(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::failed:
      return "failed";
    case Outcome::not_applicable:
      return "not applicable";
    case Outcome::blocked:
      return "blocked";
    case Outcome::skipped:
      return "skipped";
    case Outcome::crashed:
      break;
  }
  return "crashed";
}

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::approved:
      return "approved";
    case Verdict::rejected:
      return "rejected";
    case Verdict::incomplete:
      break;
  }
  return "incomplete";
}

std::string artefact_word(std::string_view artefact) {
  if (artefact == "api") return "API description";
  if (artefact == "legal_page") return "legal page";
  if (artefact == "tls") return "TLS";
  if (artefact == "cors") return "CORS";
  return std::string{artefact};
}

std::string verdict_sentence(const ShownReview& review) {
  const ShownCounts& counts = review.counts;
  std::string sentence;
  if (review.verdict == Verdict::approved) {
    sentence = approved_sentence(review);
  } else if (review.verdict == Verdict::rejected) {
    const std::vector<std::string> parts = counted_findings(counts, review.fail_on);
    const bool one = parts.size() == 1 && parts.front().starts_with("1 ");
    sentence = fmt::format("{} {} against approval.", listed(parts), one ? "stands" : "stand");
  } else {
    sentence = fmt::format("There is no verdict yet: {} could not be carried out.",
                           counted(count(counts.blocked + counts.crashed), "check"));
  }
  if (counts.for_reviewer > 0) {
    sentence += fmt::format(" {} for a person to judge.", counts.for_reviewer == 1
                                                              ? "1 point is left"
                                                              : fmt::format("{} points are left", counts.for_reviewer));
  }
  if (const std::vector<std::string> proxies = proxies_of(review); !proxies.empty())
    sentence += fmt::format(" Fetched through {} {}: addresses and TLS facts are those seen through it.",
                            proxies.size() == 1 ? "the proxy" : "the proxies", listed(proxies));
  return sentence;
}

std::string findings_counted(const ShownCounts& counts) {
  const std::vector<std::string> parts = counted_findings(counts, Severity::note);
  return parts.empty() ? "no findings" : listed(parts);
}

std::string file_name(std::string_view location) {
  std::string_view path = location.substr(0, location.find_first_of("?#"));
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.find_last_of('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  return shortened(path, 60);
}

std::string place(const ShownFinding& finding) {
  const bool is_short = !finding.file.empty() && finding.file.size() <= 60;
  std::string text = is_short ? finding.file : file_name(finding.location);
  if (text.empty()) text = artefact_word(finding.artefact);
  if (finding.line > 0) text += fmt::format(":{}", finding.line);
  if (finding.line > 0 && finding.column > 0) text += fmt::format(":{}", finding.column);
  return text;
}

std::string capitalized(std::string_view text) {
  std::string capital{text};
  if (!capital.empty() && capital[0] >= 'a' && capital[0] <= 'z') capital[0] = static_cast<char>(capital[0] - 'a' + 'A');
  return capital;
}

std::string grouped(double number) {
  std::string text = number_text(number);
  if (text.find_first_not_of("-0123456789.") != std::string::npos) return text;
  const std::size_t start = text.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > start + 3; at -= 3) text.insert(text.begin() + static_cast<std::ptrdiff_t>(at - 3), ',');
  return text;
}

std::string number_text(double number) {
  if (!std::isfinite(number)) return "?";
  if (std::abs(number) < 1e15 && number == std::floor(number)) return fmt::format("{:.0f}", number);
  return fmt::format("{:.4g}", number);
}

bool is_over(const ShownMeasure& measure) {
  return measure.value > measure.limit;
}

std::string measure_text(const ShownMeasure& measure) {
  std::string text = fmt::format("{} of {} {}", number_text(measure.value), number_text(measure.limit), measure.unit);
  if (is_over(measure)) text += fmt::format(", {} over", number_text(measure.value - measure.limit));
  return text;
}

std::string without_log_commands(std::string_view text) {
  std::string out;
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  if (text.substr(begin).starts_with("::")) {
    out = std::string{text.substr(0, begin)} + "\\u{3A}";
    text.remove_prefix(begin + 1);
  }
  for (std::size_t at = text.find("##"); at != std::string_view::npos; at = text.find("##", at)) {
    std::size_t end = at + 2;
    while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 || text[end] == '-')) ++end;
    const bool is_command = end < text.size() && text[end] == '[';
    out += text.substr(0, at + 1);
    if (is_command) out += "\\u{23}";
    text.remove_prefix(at + (is_command ? 2 : 1));
    at = 0;
  }
  return out.append(text);
}

std::string changes_heading(const ShownBaseline& baseline) {
  // The earlier review is a file of somebody's; what is no date there is not repeated in a heading.
  const bool has_date = milliseconds_since_epoch(baseline.started_at).has_value();
  return "What changed since the review of " + (has_date ? date(baseline.started_at) : "an unknown day");
}

std::string change_text(const ShownChange& change) {
  constexpr std::size_t longest = 160;
  const auto quoted = [](const std::string& value) { return value.empty() ? "nothing" : "“" + shortened(value, longest) + "”"; };
  std::string text = (change.weight.empty() ? "" : change.weight + ": ") + change.what;
  if (!change.before.empty() || !change.after.empty()) {
    const auto [before, after] = differing_parts(change.before, change.after);
    text += fmt::format(" (was {}, is {})", quoted(before), quoted(after));
  }
  return text;
}

}  // namespace plugvet::reports
