#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {

void fill_waived(Fill& review, const Page& page) {
  const Checks waived = with_waived(page.review);
  if (waived.empty() && page.review.idle_waivers.empty()) return;
  Fill& section = review.add("WAIVED_SECTION");
  for (const ShownCheck* check : waived) {
    for (const ShownFinding& finding : check->findings) {
      if (!finding.waiver) continue;
      section.add("WAIVED")
          .set("SEVERITY", name(check->severity))
          .set("CHECK_TITLE", check->title)
          .set("ID", check->id)
          .set("MESSAGE", finding.message)
          .set("PLACE", place(finding))
          .set("REASON", *finding.waiver);
    }
  }
  if (page.review.idle_waivers.empty()) return;
  Fill& list = section.add("IDLE_WAIVERS");
  for (const ShownIdleWaiver& idle : page.review.idle_waivers) {
    Fill& row = list.add("IDLE").set("CHECK", idle.check).set("WHY", idle.why).optional("POINTER", idle.pointer);
    if (idle.line > 0) row.add("HAS_LINE").set("LINE", idle.line);
  }
}

}  // namespace plugvet::reports::html_parts
