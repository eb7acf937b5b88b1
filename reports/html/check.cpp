#include <fmt/format.h>

#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {
namespace {

void fill_excerpt(Fill& finding, const ShownFinding& shown) {
  if (shown.excerpt.empty()) return;
  Fill& excerpt = finding.add("EXCERPT");
  for (const ShownLine& line : shown.excerpt) {
    Fill& row = excerpt.add("LINE");
    const std::string_view text = line.text;
    row.set("NUMBER", line.number)
        .set("BEFORE", text.substr(0, line.mark_begin))
        .set("AFTER", text.substr(line.mark_begin + line.mark_size));
    row.show_if(line.marked, "MARKED");
    if (line.mark_size > 0) row.add("MARK").set("MARK_TEXT", text.substr(line.mark_begin, line.mark_size));
  }
}

void fill_finding(Fill& fill, const Page& page, const ShownFinding& shown) {
  fill.set("MESSAGE", shown.message).set("ARTEFACT", artefact_word(shown.artefact));
  fill.optional("POINTER", shown.pointer);
  fill.optional("PLACE", shown.line > 0 ? place(shown) : shown.location);
  if (shown.exchange && *shown.exchange < page.review.exchanges.size()) {
    fill.add("HAS_EXCHANGE")
        .set("EXCHANGE", static_cast<double>(*shown.exchange + 1))
        .set("EXCHANGE_HREF", "#" + page.exchange_anchor(*shown.exchange));
  }
  fill_excerpt(fill, shown);
  fill.optional("REPRODUCTION", shown.reproduction);
  if (shown.expected.empty() && shown.actual.empty()) return;
  fill.add("COMPARED").optional("EXPECTED", shown.expected).optional("ACTUAL", shown.actual);
}

/// The source as text with its web addresses as links.
void fill_source(Fill& check, std::string_view source) {
  if (source.empty()) return;
  Fill& fill = check.add("HAS_SOURCE");
  while (!source.empty()) {
    const std::size_t begin = source.find("https://");
    const std::string_view text = source.substr(0, begin);
    if (!text.empty()) fill.add("WORD").optional("TEXT", text);
    if (begin == std::string_view::npos) return;
    source.remove_prefix(begin);
    std::string_view link = source.substr(0, source.find_first_of(" ,;)\"'<>"));
    while (link.ends_with('.')) link.remove_suffix(1);
    fill.add("WORD").optional(is_web_address(link) ? "LINK" : "TEXT", link);
    source.remove_prefix(link.size());
  }
}

std::string limits(const ShownCheck& check) {
  std::string text;
  for (const ShownParameter& parameter : check.parameters) {
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", parameter.name, parameter.value);
  }
  return shortened(text, 400);
}

}  // namespace

std::string Page::check_anchor(std::string_view id) const {
  std::string safe = alone ? "" : anchor + "-";
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/';
    safe += plain ? c : '_';
  }
  return safe;
}

std::string Page::exchange_anchor(std::size_t index) const {
  return fmt::format("{}-exchange-{}", anchor, index + 1);
}

bool is_web_address(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         text.find_first_of(" \\\"'<>") == std::string_view::npos;
}

std::string_view name(Severity severity) {
  return word(severity);
}

void fill_check(Fill& fill, const Page& page, const ShownCheck& check) {
  const std::string anchor = page.check_anchor(check.id);
  fill.set("CHECK_ANCHOR", anchor).set("HREF", "#" + anchor).set("ID", check.id).set("TITLE", check.title);
  fill.set("KIND", check.for_reviewer ? "judge" : name(check.severity));
  fill.set("ICON", check.for_reviewer ? "eye" : name(check.severity));
  fill.set("LABEL", check.for_reviewer                    ? "Please judge"
                    : check.severity == Severity::error   ? "Error"
                    : check.severity == Severity::warning ? "Warning"
                                                          : "Note");
  for (const ShownFinding& finding : check.findings) {
    if (!finding.waiver) fill_finding(fill.add("FINDING"), page, finding);
  }
  if (check.findings_left_out > 0) {
    fill.add("LEFT_OUT")
        .set("AMOUNT", counted(check.findings_left_out, "finding"))
        .set("ARE", check.findings_left_out == 1 ? "is" : "are");
  }
  if (!check.remedy.empty())
    fill.add("HAS_REMEDY")
        .set("REMEDY", check.remedy)
        .set("REMEDY_TITLE", check.for_reviewer ? "What the developer can do" : "How to fix it");
  fill.optional("REQUIREMENT", check.requirement)
      .optional("RATIONALE", check.rationale)
      .optional("LIMITS", limits(check));
  fill_source(fill, check.source);
}

}  // namespace plugvet::reports::html_parts
