#pragma once
#include <algorithm>

#include "harness/model/check.h"

namespace plugvet::checks {

// One broken thing is one finding: a logo of a kind that is refused is not judged on in other respects.

/// Drawn by numbers: it has no pixels to count.
inline bool is_vector(const Logo& logo) {
  return logo.format == ImageFormat::svg;
}
/// Made of pixels, and of a kind that logo/format and logo/gif let pass.
inline bool is_accepted_bitmap(const Logo& logo) {
  return logo.format == ImageFormat::png || logo.format == ImageFormat::jpeg || logo.format == ImageFormat::webp;
}
/// logo/svg-content refuses it.
inline bool is_active(const Logo& logo) {
  return is_vector(logo) && (logo.has_script || logo.has_external_references);
}

/// As wide as it is high, but for what nobody sees.
inline bool is_square(const Logo& logo, std::size_t tolerance_percent) {
  const std::uint64_t larger = std::max(logo.width, logo.height), smaller = std::min(logo.width, logo.height);
  return (larger - smaller) * 100 <= larger * tolerance_percent;
}

/// "300 × 200 pixels"
inline std::string pixels_text(const Logo& logo) {
  return std::to_string(logo.width) + " × " + std::to_string(logo.height) + " pixels";
}
/// Damaged before it says how large it is: logo/integrity's finding.
inline bool is_without_size(const Logo& logo) {
  return !is_vector(logo) && logo.decoding && (logo.width == 0 || logo.height == 0);
}
/// The judgement of whoever asks for the size of such a logo.
inline Judgement blocked_by_damage() {
  return Judgement::blocked("The logo is damaged, and its size is not known (see logo/integrity).");
}
/// Where a finding about the image as a whole points.
inline Location image() {
  return {Artefact::logo, "", {}};
}

}  // namespace plugvet::checks
