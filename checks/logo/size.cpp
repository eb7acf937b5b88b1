#include <algorithm>

#include "checks/logo_kinds.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement size(const Logo& logo, const Parameters& limits) {
  if (is_without_size(logo)) return blocked_by_damage();
  const std::size_t bytes = limits.count("maximum_bytes"), side = limits.count("maximum_pixels");
  Judgement judgement;
  judgement.measures.push_back({image(), "logo", static_cast<double>(logo.bytes), static_cast<double>(bytes), "bytes"});
  if (logo.bytes > bytes)
    judgement.findings.push_back({image(),
                                  "The logo's file has " + bytes_text(logo.bytes) + ".",
                                  "at most " + bytes_text(bytes),
                                  bytes_text(logo.bytes),
                                  {}});
  if (!is_vector(logo) && std::max(logo.width, logo.height) > side)
    judgement.findings.push_back({image(),
                                  "The logo has " + pixels_text(logo) + ".",
                                  "at most " + std::to_string(side) + " pixels each way",
                                  pixels_text(logo),
                                  {}});
  return judgement;
}

}  // namespace

extern constinit const Check logo_size = define_check<size>({
    .id = "logo/size",
    .title = "The logo is small enough to load at once",
    .requirement = "The logo's file has at most 1 MiB, and the image at most 4096 pixels each way.",
    .rationale =
        "It is loaded by everybody who looks through the list. Images with huge dimensions exhaust the memory of "
        "whoever decodes them.",
    .remedy = "Export the logo with 512 × 512 pixels; as PNG that is some ten kilobytes.",
    .source = "plugvet, own judgement",
    .passing = "a PNG of 12 KiB",
    .failing = "a PNG of 3 MiB",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
