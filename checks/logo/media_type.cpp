#include <array>
#include <utility>

#include "checks/logo_kinds.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

struct Type {
  std::string_view name;
  ImageFormat format;
};

// The registered name first, then names that all browsers take for it.
constexpr std::array<Type, 8> types{{{"image/png", ImageFormat::png},
                                     {"image/x-png", ImageFormat::png},
                                     {"image/apng", ImageFormat::png},
                                     {"image/jpeg", ImageFormat::jpeg},
                                     {"image/jpg", ImageFormat::jpeg},
                                     {"image/pjpeg", ImageFormat::jpeg},
                                     {"image/webp", ImageFormat::webp},
                                     {"image/svg+xml", ImageFormat::svg}}};

std::string_view type_of(ImageFormat format) {
  for (const Type& type : types)
    if (type.format == format) return type.name;
  return "image/png";
}

bool agrees(std::string_view declared, ImageFormat format) {
  for (const Type& type : types)
    if (type.name == declared && type.format == format) return true;
  return false;
}

Judgement media_type(const Logo& logo) {
  if (!is_vector(logo) && !is_accepted_bitmap(logo))
    return Judgement::not_applicable("The logo is of a kind that is refused (see logo/format and logo/gif).");
  if (agrees(logo.media_type, logo.format)) return Judgement::pass();
  const bool is_served = logo.url.has_value();
  // On disk the name is all there is, and a name without a known ending declares nothing.
  if (logo.media_type.empty() && !is_served) return Judgement::pass();
  const std::string seen{name_of(logo.format)};
  const std::string declared = logo.media_type.empty() ? "no Content-Type" : printable(shortened(logo.media_type, 60));
  const std::string how = is_served ? ", but it is sent with " : ", but its file name says ";
  return Judgement::fail({image(),
                          "The logo's bytes are " + seen + how + declared + ".",
                          std::string(type_of(logo.format)),
                          declared,
                          {}});
}

}  // namespace

extern constinit const Check logo_media_type = define_check<media_type>({
    .id = "logo/media-type",
    .title = "The logo's declared type agrees with its bytes",
    .requirement =
        "The Content-Type that the logo is sent with names the format that its bytes have; on disk, its file name's "
        "ending does.",
    .rationale = "Browsers mend a wrong type when they show an image; proxies and other clients believe it and fail.",
    .remedy = "Rename the file to what it is, or convert it, and let the server derive the type from the name.",
    .source = "OpenAI, Getting started (late 2023): logo_url; WHATWG, MIME Sniffing; plugvet, own judgement",
    .passing = "Content-Type: image/png with a PNG",
    .failing = "logo.png with the bytes of a WebP image",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
