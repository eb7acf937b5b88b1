#include "checks/logo_kinds.h"

namespace plugvet::checks {
namespace {

Judgement shape(const Logo& logo, const Parameters& limits) {
  if (is_without_size(logo)) return blocked_by_damage();
  const bool is_judged = is_vector(logo) || is_accepted_bitmap(logo);
  if (!is_judged) return Judgement::not_applicable("The logo is of a kind that is refused.");
  if (is_square(logo, limits.count("tolerance_percent"))) return Judgement::pass();
  return Judgement::fail({image(), "The logo has " + pixels_text(logo) + ".", "a square", pixels_text(logo), {}});
}

}  // namespace

extern constinit const Check logo_shape = define_check<shape>({
    .id = "logo/shape",
    .title = "The logo is square",
    .requirement = "The logo is as wide as it is high; a difference of 2 % is tolerated.",
    .rationale = "The store shows logos in a square; another shape is cut, squeezed or framed.",
    .remedy = "Put the logo on a square canvas.",
    .source = "OpenAI, Getting started (late 2023): logo_url, suggested size 512 x 512",
    .passing = "512 × 512 pixels",
    .failing = "1200 × 630 pixels",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
