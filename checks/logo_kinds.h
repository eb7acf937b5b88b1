#pragma once
#include "harness/model/check.h"

namespace plugvet::checks {

// One broken thing is one finding: a logo of a kind that is refused is not judged on in other respects.

/// Drawn by numbers: it has no pixels to count.
inline bool is_vector(const Logo& logo) { return logo.format == ImageFormat::svg; }
/// logo/svg-content refuses it.
inline bool is_active(const Logo& logo) { return is_vector(logo) && (logo.has_script || logo.has_external_references); }

/// "300 × 200 pixels"
inline std::string pixels_text(const Logo& logo) {
  return std::to_string(logo.width) + " × " + std::to_string(logo.height) + " pixels";
}
/// Where a finding about the image as a whole points.
inline Location image() { return {Artefact::logo, "", {}}; }

}  // namespace plugvet::checks
