#include "checks/logo_kinds.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// The other formats are refused as such, by logo/gif and logo/format.
bool is_decoded_here(const Logo& logo) {
  return is_accepted_bitmap(logo) || is_vector(logo);
}

Judgement integrity(const Logo& logo) {
  if (!is_decoded_here(logo) && !is_without_size(logo))
    return Judgement::not_applicable("The logo is of a kind that is refused (see logo/format and logo/gif).");
  if (!logo.decoding) return Judgement::pass();
  const Problem& problem = *logo.decoding;
  if (problem.blame != Blame::submission) return Judgement::blocked(problem.what);
  if (problem.id.ends_with("too_many_pixels"))
    return Judgement::not_applicable("The logo has too many pixels to be decoded (see logo/size).");
  return Judgement::fail({image(), printable(problem.what), "an image that can be decoded", "a damaged image", {}});
}

}  // namespace

extern constinit const Check logo_integrity = define_check<integrity>({
    .id = "logo/integrity",
    .title = "The logo can be decoded completely",
    .requirement = "The image file is whole: nothing is cut off, and its checksums are right.",
    .rationale = "Browsers show a damaged image in part or not at all, and each another part.",
    .remedy = "Export the logo anew and upload it in binary mode.",
    .source = "OpenAI, Getting started (late 2023): logo_url must be an image; plugvet, own judgement",
    .passing = "a PNG that ends with its IEND chunk",
    .failing = "the first 300 bytes of a PNG",
});

}  // namespace plugvet::checks
