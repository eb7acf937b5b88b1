#include <fmt/format.h>

#include "harness/collect/collect.h"
#include "harness/collect/image.h"
#include "harness/collect/svg.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

constexpr std::uint32_t most_chunks = 1000;

bool has_decoder(ImageFormat format) {
  return format == ImageFormat::png || format == ImageFormat::jpeg || format == ImageFormat::webp ||
         format == ImageFormat::gif;
}

Problem not_an_image(std::string_view bytes, const std::string& location) {
  const std::string start = to_lower_ascii(bytes.substr(0, 1024));
  const bool is_page = start.find("<html") != std::string::npos || start.find("<!doctype html") != std::string::npos;
  Problem problem =
      decoding_problem("logo.not_image", is_page ? "The logo is a web page, not an image."
                                                 : "The logo is no image: its first bytes are those of no "
                                                   "PNG, JPEG, WebP, GIF or SVG.");
  if (is_page) problem.rung = Rung::content_type;
  problem.where = location;
  return problem;
}

/// What forbids decoding before it starts.
std::optional<Problem> too_large(const ImageHeader& header) {
  if (std::uint64_t{header.width} * header.height > most_pixels)
    return decoding_problem("logo.too_many_pixels",
                            fmt::format("The image declares {} × {} pixels; more than 16 million are not decoded.",
                                        header.width, header.height));
  if (header.chunks > most_chunks)
    return decoding_problem("logo.decoder_limit",
                            fmt::format("The PNG has {} chunks; more than 1,000 are not read.", header.chunks));
  return std::nullopt;
}

void decode(std::string_view bytes, Logo& logo) {
  const ImageHeader header = read_image_header(logo.format, bytes);
  logo.width = header.width, logo.height = header.height;
  logo.frames = header.frames;
  if (!has_decoder(logo.format)) return;
  if ((logo.decoding = too_large(header))) return;
  auto image = decode_in_child(logo.format, bytes);
  if (!image) {
    logo.decoding = *image.problem();
    const bool is_without_content = header.width == 0 || header.height == 0;
    if (is_without_content && logo.decoding->id == "logo.too_many_pixels")
      logo.decoding = decoding_problem("logo.corrupt", "The image is damaged: no image follows its first bytes.");
    return;
  }
  logo.width = image->width, logo.height = image->height;
  logo.frames = std::max(logo.frames, image->frames);
  logo.has_transparency = image->has_transparency;
  logo.preview_png = std::move(image->preview_png);
}

}  // namespace

Result<Logo> read_logo(const std::string& bytes, std::string media_type, std::string location) {
  Logo logo;
  logo.location = location;
  logo.media_type = std::move(media_type);
  logo.sha256 = sha256(bytes);
  logo.bytes = bytes.size();
  if (const auto format = image_format_of(bytes)) {
    logo.format = *format;
    decode(bytes, logo);
  } else if (looks_like_svg(bytes)) {
    logo.format = ImageFormat::svg;
    read_svg_in_child(bytes, logo);
  } else {
    return not_an_image(bytes, location);
  }
  if (logo.decoding) logo.decoding->where = location;
  return logo;
}

}  // namespace plugvet
