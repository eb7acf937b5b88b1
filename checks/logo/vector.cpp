#include "checks/logo_kinds.h"

namespace plugvet::checks {
namespace {

Judgement vector(const Logo& logo) {
  if (!is_vector(logo)) return Judgement::pass();
  if (logo.decoding) return Judgement::not_applicable("The SVG cannot be read (see logo/integrity).");
  if (is_active(logo))
    return Judgement::not_applicable("The SVG is refused for what it contains (see logo/svg-content).");
  return Judgement::fail({image(), "The logo is an SVG drawing.", "PNG, JPEG or WebP", "SVG", {}});
}

}  // namespace

extern constinit const Check logo_vector = define_check<vector>({
    .id = "logo/vector",
    .title = "The logo is made of pixels, not a vector drawing",
    .requirement = "The logo is a PNG, JPEG or WebP image rather than an SVG drawing.",
    .rationale = "The documents speak of pixels. Some clients of a manifest draw an SVG, others show nothing.",
    .remedy = "Export the drawing as PNG with 512 × 512 pixels.",
    .source = "OpenAI, Getting started (late 2023): logo_url; plugvet, own judgement",
    .passing = "logo.png",
    .failing = "logo.svg",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
