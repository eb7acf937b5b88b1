#include <algorithm>

#include "checks/logo_kinds.h"

namespace plugvet::checks {
namespace {

Judgement dimensions(const Logo& logo, const Parameters& limits) {
  if (is_without_size(logo)) return blocked_by_damage();
  if (is_vector(logo)) return Judgement::not_applicable("The logo is a vector drawing; it has no pixels.");
  if (!is_accepted_bitmap(logo)) return Judgement::not_applicable("The logo is of a kind that is refused.");
  const std::size_t side = limits.count("side");
  Judgement judgement;
  judgement.measures.push_back(
      {image(), "logo", static_cast<double>(std::max(logo.width, logo.height)), static_cast<double>(side), "pixels"});
  // Other shapes and much smaller or larger images are logo/shape's, logo/resolution's and logo/size's findings.
  const auto [smaller, larger] = std::minmax(logo.width, logo.height);
  const bool is_own = is_square(logo, limits.count("tolerance_percent")) && smaller >= limits.count("minimum") &&
                      larger <= limits.count("maximum");
  if (!is_own || (smaller == side && larger == side)) return judgement;
  const std::string expected = std::to_string(side) + " × " + std::to_string(side) + " pixels";
  judgement.findings.push_back({image(), "The logo has " + pixels_text(logo) + ".", expected, pixels_text(logo), {}});
  return judgement;
}

}  // namespace

extern constinit const Check logo_dimensions = define_check<dimensions>({
    .id = "logo/dimensions",
    .title = "The logo has the suggested 512 × 512 pixels",
    .requirement = "The logo has 512 × 512 pixels.",
    .rationale =
        "It is the size that the platform suggests. Other square images are scaled: smaller ones lose sharpness, "
        "larger ones cost time.",
    .remedy = "Export the logo with 512 × 512 pixels.",
    .source = "OpenAI, Getting started (late 2023): logo_url, suggested size 512 x 512",
    .passing = "512 × 512 pixels",
    .failing = "200 × 200 pixels",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
