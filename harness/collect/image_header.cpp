#include "harness/collect/image.h"

namespace plugvet {

namespace {

/// Reads numbers at places of hostile bytes; beyond the end everything is zero.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_{bytes} {}
  std::size_t size() const { return bytes_.size(); }
  std::uint32_t at(std::size_t i) const { return i < bytes_.size() ? static_cast<unsigned char>(bytes_[i]) : 0u; }
  std::uint32_t big16(std::size_t i) const { return at(i) << 8 | at(i + 1); }
  std::uint32_t big32(std::size_t i) const { return big16(i) << 16 | big16(i + 2); }
  std::uint32_t little16(std::size_t i) const { return at(i) | at(i + 1) << 8; }
  std::uint32_t little24(std::size_t i) const { return little16(i) | at(i + 2) << 16; }
  std::uint32_t little32(std::size_t i) const { return little16(i) | little16(i + 2) << 16; }
  bool has(std::size_t i, std::string_view text) const {
    return i <= bytes_.size() && bytes_.substr(i, text.size()) == text;
  }

 private:
  std::string_view bytes_;
};

constexpr std::string_view png_signature{"\x89PNG\r\n\x1a\n", 8};

// A size is believed where there is an image behind it: thirteen bytes of text that begin with GIF89a have none.

bool png_says_its_size(const Bytes& bytes) {
  const std::uint32_t depth = bytes.at(24), color = bytes.at(25);
  const bool is_depth = depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
  const bool is_color = color == 0 || color == 2 || color == 3 || color == 4 || color == 6;
  return bytes.big32(8) == 13 && bytes.has(12, "IHDR") && is_depth && is_color && bytes.size() > 33;
}

ImageHeader gif_header(const Bytes& bytes) {
  const std::uint32_t flags = bytes.at(10);
  const std::size_t colors = (flags & 0x80) != 0 ? std::size_t{3} << ((flags & 7) + 1) : 0;
  const std::uint32_t block = bytes.at(13 + colors);
  const bool has_content = block == ',' || block == '!';
  return has_content ? ImageHeader{bytes.little16(6), bytes.little16(8)} : ImageHeader{};
}

ImageHeader png_header(const Bytes& bytes) {
  ImageHeader header;
  if (png_says_its_size(bytes)) header.width = bytes.big32(16), header.height = bytes.big32(20);
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    ++header.chunks;
    if (bytes.has(at + 4, "acTL") && bytes.big32(at + 8) > 0) header.frames = bytes.big32(at + 8);
    if (bytes.has(at + 4, "IEND")) break;  // what follows is no part of the image
    at += std::size_t{bytes.big32(at)} + 12;
  }
  return header;
}

// Walks the segments up to the start of frame; every other segment says how long it is.
ImageHeader jpeg_header(const Bytes& bytes) {
  ImageHeader header;
  for (std::size_t at = 2; at + 9 < bytes.size() && bytes.at(at) == 0xFF;) {
    const std::uint32_t marker = bytes.at(at + 1);
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    const bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame) {
      header.height = bytes.big16(at + 5), header.width = bytes.big16(at + 7);
      return header;
    }
    at += 2 + bytes.big16(at + 2);
  }
  return header;
}

ImageHeader webp_header(const Bytes& bytes) {
  ImageHeader header;
  if (bytes.size() <= 30) return header;
  if (bytes.has(12, "VP8X"))
    header.width = bytes.little24(24) + 1, header.height = bytes.little24(27) + 1;
  else if (bytes.has(12, "VP8L"))
    header.width = (bytes.little32(21) & 0x3FFF) + 1, header.height = (bytes.little32(21) >> 14 & 0x3FFF) + 1;
  else if (bytes.has(12, "VP8 "))
    header.width = bytes.little16(26) & 0x3FFF, header.height = bytes.little16(28) & 0x3FFF;
  return header;
}

ImageHeader bmp_header(const Bytes& bytes) {
  const std::uint32_t height = bytes.little32(22);
  const bool is_top_down = height > 0x7FFF'FFFF;  // a negative height
  return {bytes.little32(18), is_top_down ? 0u - height : height};
}

}  // namespace

std::optional<ImageFormat> image_format_of(std::string_view content) {
  const Bytes bytes{content};
  if (bytes.has(0, png_signature)) return ImageFormat::png;
  if (bytes.has(0, "\xFF\xD8\xFF")) return ImageFormat::jpeg;
  if (bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a")) return ImageFormat::gif;
  if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) return ImageFormat::webp;
  if (bytes.has(4, "ftypavif") || bytes.has(4, "ftypavis")) return ImageFormat::avif;
  if (bytes.has(0, std::string_view{"II*\0", 4}) || bytes.has(0, std::string_view{"MM\0*", 4}))
    return ImageFormat::tiff;
  if (bytes.has(0, std::string_view{"\0\0\1\0", 4}) && bytes.little16(4) > 0) return ImageFormat::ico;
  if (bytes.has(0, "BM") && bytes.little32(2) == bytes.size()) return ImageFormat::bmp;
  return std::nullopt;
}

ImageHeader read_image_header(ImageFormat format, std::string_view content) {
  const Bytes bytes{content};
  switch (format) {
    case ImageFormat::png:
      return png_header(bytes);
    case ImageFormat::jpeg:
      return jpeg_header(bytes);
    case ImageFormat::webp:
      return webp_header(bytes);
    case ImageFormat::gif:
      return gif_header(bytes);
    case ImageFormat::bmp:
      return bmp_header(bytes);
    default:
      return {};
  }
}

}  // namespace plugvet
