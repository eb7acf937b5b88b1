#include <algorithm>

#include "checks/logo_kinds.h"

namespace plugvet::checks {
namespace {

Judgement resolution(const Logo& logo, const Parameters& limits) {
  if (is_without_size(logo)) return blocked_by_damage();
  if (is_vector(logo)) return Judgement::not_applicable("The logo is a vector drawing; it has no pixels.");
  if (!is_accepted_bitmap(logo)) return Judgement::not_applicable("The logo is of a kind that is refused.");
  const std::size_t minimum = limits.count("minimum"), smaller = std::min(logo.width, logo.height);
  if (smaller >= minimum) return Judgement::pass();
  return Judgement::fail({image(),
                          "The logo has " + pixels_text(logo) + ".",
                          "at least " + std::to_string(minimum) + " pixels each way",
                          pixels_text(logo),
                          {}});
}

}  // namespace

extern constinit const Check logo_resolution = define_check<resolution>({
    .id = "logo/resolution",
    .title = "The logo has enough pixels to look sharp",
    .requirement = "The logo has at least 128 pixels each way.",
    .rationale = "On today's screens smaller images look blurred beside the others in the list.",
    .remedy = "Export the logo with 512 × 512 pixels; enlarging the small file does not help.",
    .source =
        "OpenAI, Getting started (late 2023): logo_url, suggested size 512 x 512; plugvet, own judgement (the number)",
    .passing = "512 × 512 pixels",
    .failing = "48 × 48 pixels",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
