#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {
namespace {

void fill_bar(Fill& row, const ShownMeasure& measure) {
  const double value = std::isfinite(measure.value) ? std::max(measure.value, 0.0) : 0;
  const double limit = std::isfinite(measure.limit) ? std::max(measure.limit, 0.0) : 0;
  const double scale = std::max({value, limit, 1e-9});
  const double limit_at = 100 * limit / scale;
  row.set("USED", 100 * std::min(value, limit) / scale).set("TICK_AT", std::min(limit_at, 99.6));
  if (is_over(measure)) row.add("OVER").set("LIMIT_AT", limit_at).set("OVER_WIDTH", 100 - limit_at);
}

void fill_measure(Fill& row, const ShownMeasure& measure) {
  row.set("MEASURE_NAME", measure.name).set("MEASURE_TEXT", measure.name + ": " + measure_text(measure));
  const std::string pointer = measure.pointer == "/" + measure.name ? "" : measure.pointer;
  row.set("WHERE", artefact_word(measure.artefact) + (pointer.empty() ? "" : " " + pointer));
  row.set("STATE", is_over(measure) ? "over" : "within");
  row.set("VALUE", grouped(measure.value)).set("LIMIT", grouped(measure.limit)).set("UNIT", measure.unit);
  row.show_if(is_over(measure), "IS_OVER");
  row.optional("EXCESS", is_over(measure) ? grouped(measure.value - measure.limit) : "");
  fill_bar(row, measure);
}

std::vector<std::pair<std::string, std::string>> facts(const ShownLogo& logo) {
  std::vector<std::pair<std::string, std::string>> facts = {{"Format", logo.format}};
  if (logo.width > 0) facts.emplace_back("Size", fmt::format("{} × {} pixels", logo.width, logo.height));
  facts.emplace_back("Weight", bytes_text(logo.bytes));
  facts.emplace_back("Background", logo.transparent ? "transparent" : "opaque");
  if (logo.frames > 1) facts.emplace_back("Frames", fmt::format("{} (it moves)", logo.frames));
  return facts;
}

}  // namespace

void fill_measures(Fill& review, const Page& page) {
  std::vector<const ShownMeasure*> measures;
  for (const ShownCheck& check : page.review.checks) {
    for (const ShownMeasure& measure : check.measures) measures.push_back(&measure);
  }
  if (measures.empty()) return;
  std::stable_partition(measures.begin(), measures.end(), [](const auto* m) { return is_over(*m); });
  constexpr std::size_t most = 200;
  if (measures.size() > most) measures.resize(most);
  Fill& section = review.add("MEASURED");
  for (const ShownMeasure* measure : measures) fill_measure(section.add("MEASURE"), *measure);
}

void fill_logo(Fill& review, const Page& page) {
  if (!page.review.logo) return;
  const ShownLogo& logo = *page.review.logo;
  Fill& section = review.add("LOGO");
  for (const std::string_view scheme : {"light", "dark"}) {
    Fill& tile = section.add("TILE").set("SCHEME", scheme);
    tile.optional("PREVIEW", logo.preview).show_if(logo.preview.empty(), "NO_PREVIEW");
  }
  for (const auto& [name, value] : facts(logo)) section.add("FACT").set("FACT_NAME", name).set("FACT_VALUE", value);
}

}  // namespace plugvet::reports::html_parts
