#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {

void fill_changes(Fill& review, const Page& page) {
  if (!page.review.baseline) return;
  const ShownBaseline& baseline = *page.review.baseline;
  Fill& section = review.add("CHANGES_SECTION").set("CHANGES_HEADING", changes_heading(baseline)).set("FILE", baseline.location);
  section.show_if(baseline.changes.empty(), "NOTHING_CHANGED");
  for (const ShownChange& change : baseline.changes) {
    Fill& row = section.add("CHANGE").set("WHAT", change.what).set("WHERE", artefact_word(change.artefact) + " " + change.pointer);
    row.show_if(change.breaks, "BREAKS");
    row.optional("BEFORE", change.before).optional("AFTER", change.after);
  }
  section.optional("LEFT_OUT", baseline.left_out > 0 ? counted(baseline.left_out, "more change") : "");
}

}  // namespace plugvet::reports::html_parts
