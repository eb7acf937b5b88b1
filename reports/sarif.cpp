// SARIF 2.1.0, for code scanning. Its words are its own: a check of ours is a "rule" there.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/support/text.h"
#include "reports/report.h"
#include "reports/shared/dates.h"
#include "reports/shared/json_text.h"
#include "reports/shared/markdown_text.h"
#include "reports/shared/shown.h"
#include "reports/shared/words.h"

namespace plugvet::reports {
namespace {

/// SARIF wants URIs: an address as it is, a path relative to where plugvet ran; what no URI may contain is encoded.
std::string uri(std::string_view location) {
  static constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  static constexpr std::string_view in_address = ":?#[]%";
  const bool is_address = location.starts_with("https://") || location.starts_with("http://");
  while (!is_address && location.starts_with("./")) location.remove_prefix(2);
  std::string out = !is_address && location.starts_with('/') ? "file://" : "";
  for (const char c : location) {
    const bool keep =
        plain.find(c) != std::string_view::npos || (is_address && in_address.find(c) != std::string_view::npos);
    keep ? out += c : out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// "manifest/name-length" -> "ManifestNameLength"
std::string pascal_case(std::string_view id) {
  std::string out;
  bool upper = true;
  for (const char c : id) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = !letter;
  }
  return out;
}

Json text_of(std::string_view text) {
  return Json{{"text", text}};
}

/// The first web address in the source of a check.
std::string help_uri(std::string_view source) {
  const std::size_t begin = source.find("https://");
  if (begin == std::string_view::npos) return {};
  std::string_view address = source.substr(begin);
  address = address.substr(0, address.find_first_of(" ,;)\"'<>"));
  while (address.ends_with('.')) address.remove_suffix(1);
  return uri(address);
}

Json help(const ShownCheck& check) {
  std::string plain, markdown;
  const std::pair<std::string_view, const std::string&> parts[] = {{"How to fix it", check.remedy},
                                                                   {"Required", check.requirement},
                                                                   {"Why it matters", check.rationale},
                                                                   {"Source", check.source}};
  for (const auto& [label, text] : parts) {
    if (text.empty()) continue;
    plain += fmt::format("{}{}: {}", plain.empty() ? "" : "\n", label, text);
    markdown += fmt::format("{}**{}:** {}", markdown.empty() ? "" : "\n\n", label, markdown_text(text));
  }
  return {{"text", plain.empty() ? check.title : plain},
          {"markdown", markdown.empty() ? markdown_text(check.title) : markdown}};
}

Json rule(const ShownCheck& check) {
  Json rule = {{"id", check.id},
               {"name", pascal_case(check.id)},
               {"shortDescription", text_of(check.title)},
               {"fullDescription", text_of(check.requirement.empty() ? check.title : check.requirement)},
               {"help", help(check)},
               {"defaultConfiguration", {{"level", word(check.severity)}}}};
  if (const std::string address = help_uri(check.source); !address.empty()) rule["helpUri"] = address;
  Json properties = {{"tags", Json::array({check.group})}, {"since", check.since}};
  if (check.for_reviewer) properties["forReviewer"] = true;
  for (const ShownParameter& parameter : check.parameters) properties["parameters"][parameter.name] = parameter.value;
  rule["properties"] = std::move(properties);
  return rule;
}

Json region(const ShownFinding& finding) {
  Json region = {{"startLine", finding.line}};
  if (finding.column > 0) region["startColumn"] = finding.column;
  return region;
}

Json context_region(const ShownFinding& finding) {
  std::string lines;
  for (const ShownLine& line : finding.excerpt) lines += line.text + "\n";
  return {{"startLine", std::max(finding.excerpt.front().number, 1)},
          {"endLine", std::max(finding.excerpt.back().number, 1)},
          {"snippet", text_of(lines)}};
}

Json location(const ShownReview& review, const ShownFinding& finding) {
  const std::string_view where = !finding.location.empty() ? finding.location : review.source;
  Json physical = {{"artifactLocation", {{"uri", uri(where)}}}};
  if (finding.line > 0) physical["region"] = region(finding);
  if (finding.line > 0 && !finding.excerpt.empty()) physical["contextRegion"] = context_region(finding);
  Json location = {{"physicalLocation", std::move(physical)}};
  if (!finding.pointer.empty())
    location["logicalLocations"] = Json::array({{{"fullyQualifiedName", finding.pointer}, {"kind", "member"}}});
  return location;
}

Json result(const ShownReview& review, const std::string& key, const ShownCheck& check, std::size_t index,
            const ShownFinding& finding) {
  Json result = {{"ruleId", check.id}, {"ruleIndex", index}};
  // "review" is SARIF's kind for what a person has to judge; it has no level.
  if (check.for_reviewer) result["kind"] = "review";
  result["level"] = check.for_reviewer ? "none" : word(check.severity);
  result["message"] = text_of(finding.message.empty() ? check.title : finding.message);
  result["locations"] = Json::array({location(review, finding)});
  if (!finding.fingerprint.empty())
    result["partialFingerprints"] = {
        {"plugvetFinding/v1", key.empty() ? finding.fingerprint : finding.fingerprint + ":" + key_word(key)}};
  if (finding.waiver)
    result["suppressions"] =
        Json::array({{{"kind", "external"}, {"status", "accepted"}, {"justification", *finding.waiver}}});
  Json properties = Json::object();
  if (!finding.expected.empty()) properties["expected"] = finding.expected;
  if (!finding.actual.empty()) properties["actual"] = finding.actual;
  if (!finding.reproduction.empty()) properties["reproduction"] = finding.reproduction;
  if (!properties.empty()) result["properties"] = std::move(properties);
  return result;
}

Json notification(const ShownCheck& check, std::size_t index, std::string_view level, std::string_view text) {
  return {{"associatedRule", {{"id", check.id}, {"index", index}}}, {"level", level}, {"message", text_of(text)}};
}

/// What was not tested, and findings that were too many to be listed.
Json notifications(const ShownReview& review) {
  Json all = Json::array();
  for (std::size_t i = 0; i < review.checks.size(); ++i) {
    const ShownCheck& check = review.checks[i];
    if (check.outcome == Outcome::blocked)
      all.push_back(notification(check, i, "warning", "Not tested: " + check.reason));
    if (check.outcome == Outcome::crashed)
      all.push_back(notification(check, i, "error", "The check crashed, a bug of plugvet: " + check.reason));
    if (check.findings_left_out > 0)
      all.push_back(notification(check, i, "note",
                                 counted(check.findings_left_out, "more finding") + " in the review document."));
  }
  return all;
}

std::string utc(std::chrono::milliseconds since_epoch) {
  const std::chrono::sys_time<std::chrono::milliseconds> time{since_epoch};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

Json invocation(const ShownReview& review) {
  Json invocation = {{"executionSuccessful", review.counts.crashed == 0}};
  if (const auto start = milliseconds_since_epoch(review.started_at)) {
    invocation["startTimeUtc"] = utc(*start);
    invocation["endTimeUtc"] = utc(*start + review.took);
  }
  Json list = notifications(review);
  if (!list.empty()) invocation["toolExecutionNotifications"] = std::move(list);
  return invocation;
}

Json artifacts(const ShownReview& review) {
  Json all = Json::array();
  for (const ShownArtefact& artefact : review.artefacts) {
    Json item = {{"location", {{"uri", uri(artefact.location)}}}};
    if (artefact.bytes) item["length"] = *artefact.bytes;
    if (artefact.media_type.find('/') != std::string::npos) item["mimeType"] = artefact.media_type;
    if (!artefact.sha256.empty()) item["hashes"] = {{"sha-256", artefact.sha256}};
    item["description"] = text_of(artefact_word(artefact.artefact));
    all.push_back(std::move(item));
  }
  return all;
}

Json run(const ShownReview& review, const std::string& key) {
  Json rules = Json::array(), results = Json::array();
  for (std::size_t i = 0; i < review.checks.size(); ++i) {
    rules.push_back(rule(review.checks[i]));
    for (const ShownFinding& finding : review.checks[i].findings)
      results.push_back(result(review, key, review.checks[i], i, finding));
  }
  Json driver = {{"name", "plugvet"}, {"version", review.tool_version}, {"rules", std::move(rules)}};
  return {
      {"tool", {{"driver", std::move(driver)}}},
      {"automationDetails",
       {{"id", fmt::format("plugvet/{}/{}/{}{}", review.profile, review.name, key_word(key), key.empty() ? "" : "/")},
        {"description", text_of(verdict_sentence(review))}}},
      {"invocations", Json::array({invocation(review)})},
      {"artifacts", artifacts(review)},
      {"columnKind", "unicodeCodePoints"},
      {"results", std::move(results)},
      {"properties", {{"verdict", word(review.verdict)}, {"profile", review.profile}, {"submission", review.source}}}};
}

std::string render_sarif(const Json& documents, const RenderOptions&) {
  Json runs = Json::array();
  const std::vector<std::string> keys = keys_of(documents);
  auto key = keys.begin();
  for (const Json& document : review_documents(documents)) runs.push_back(run(shown(document), *key++));
  return json_text(
      {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", std::move(runs)}});
}

}  // namespace

extern constinit const ReportFormat sarif = {"sarif", "sarif", "SARIF 2.1.0 for code scanning", render_sarif};

}  // namespace plugvet::reports
