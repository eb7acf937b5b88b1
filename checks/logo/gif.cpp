#include "checks/logo_kinds.h"

namespace plugvet::checks {
namespace {

Judgement gif(const Logo& logo) {
  if (logo.format != ImageFormat::gif) return Judgement::pass();
  if (is_without_size(logo)) return blocked_by_damage();
  const std::string actual = logo.frames > 1 ? "an animated GIF" : "a GIF";
  return Judgement::fail(
      {image(), "The logo is " + actual + ", whatever its name says.", "PNG, JPEG or WebP", actual, {}});
}

}  // namespace

extern constinit const Check logo_gif = define_check<gif>({
    .id = "logo/gif",
    .title = "The logo is not a GIF",
    .requirement = "The logo is no GIF, still or animated, whatever its name or declared type.",
    .rationale = "It is the one format that the documents exclude by name.",
    .remedy = "Save the logo as PNG.",
    .source = "OpenAI, Getting started (late 2023): logo_url, GIFs are not allowed",
    .passing = "89 50 4E 47 … (PNG)",
    .failing = "47 49 46 38 39 61 … (GIF89a)",
});

}  // namespace plugvet::checks
