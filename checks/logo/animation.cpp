#include "checks/logo_kinds.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement animation(const Logo& logo) {
  if (logo.format == ImageFormat::gif)
    return Judgement::not_applicable("The logo is a GIF, which is not allowed (see logo/gif).");
  if (logo.frames <= 1) return Judgement::pass();
  const std::string actual = counted(logo.frames, "frame");
  return Judgement::fail(
      {image(),
       "The logo is an animated " + std::string(name_of(logo.format)) + " image with " + actual + ".",
       "a still image",
       actual,
       {}});
}

}  // namespace

extern constinit const Check logo_animation = define_check<animation>({
    .id = "logo/animation",
    .title = "The logo does not move",
    .requirement = "The logo is a still image: no animated PNG or WebP.",
    .rationale =
        "GIFs are forbidden because they move. What moves in a list of plugins distracts, and some readers show one "
        "frame only.",
    .remedy = "Save one frame as a still image.",
    .source = "OpenAI, Getting started (late 2023): GIFs are not allowed; plugvet, own judgement",
    .passing = "a PNG without acTL chunk",
    .failing = "an APNG with 2 frames",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
