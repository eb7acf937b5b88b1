#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {

namespace {

std::string amount_text(const ShownBaseline& baseline) {
  const std::size_t all = baseline.changes.size() + baseline.left_out;
  if (all == 0) return "Nothing, compared with";
  return counted(all, "change") + (baseline.left_out > 0 ? ", the first of which are shown, compared with" : ", compared with");
}

}  // namespace

void fill_changes(Fill& review, const Page& page) {
  if (!page.review.baseline) return;
  const ShownBaseline& baseline = *page.review.baseline;
  Fill& section = review.add("CHANGES_SECTION").set("CHANGES_HEADING", changes_heading(baseline)).set("FILE", baseline.location);
  section.set("CHANGES_AMOUNT", amount_text(baseline));
  for (const ShownChange& change : baseline.changes) {
    Fill& row = section.add("CHANGE").set("WHAT", change.what).set("WHERE", artefact_word(change.artefact) + " " + change.pointer);
    row.optional("WEIGHT", change.weight);
    row.optional("BEFORE", change.before).optional("AFTER", change.after);
  }
}

}  // namespace plugvet::reports::html_parts
