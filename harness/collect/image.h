#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/evidence.h"

namespace plugvet {

/// More pixels than this are not decoded (FAULTS.md §2.1: 16 Mpx).
constexpr std::uint64_t most_pixels = 16u << 20;

/// What the first bytes say, whatever the name or the declared type; empty: no image that we know. SVG is told by
/// svg.h.
std::optional<ImageFormat> image_format_of(std::string_view bytes);

/// What the header declares, read without decoding anything. Zero where the header is cut off or is of another kind.
struct ImageHeader {
  std::uint32_t width = 0, height = 0;
  std::uint32_t frames = 1;  ///< APNG: of acTL; the other formats: of the decoder
  std::uint32_t chunks = 0;  ///< PNG, up to IEND
};
ImageHeader read_image_header(ImageFormat format, std::string_view bytes);

/// Pixels, four bytes each: red, green, blue, alpha.
struct Pixels {
  std::uint32_t width = 0, height = 0, frames = 1;
  std::vector<std::uint8_t> rgba;
};

/// Decodes with the format's own library, in this process: call it in a limited child only (decode_in_child). A Problem
/// when the pixels are not all there.
Result<Pixels> decode_image(ImageFormat format, std::string_view bytes);

/// What came of decoding.
struct DecodedImage {
  std::uint32_t width = 0, height = 0, frames = 1;
  bool has_transparency = false;
  std::string preview_png;  ///< at most 128 × 128
};

/// Decodes in the sandbox (512 MiB, 2 s), so that a defect of a decoder costs one preview and nothing else.
Result<DecodedImage> decode_in_child(ImageFormat format, std::string_view bytes);

/// A PNG of at most `side` × `side` pixels.
std::string encode_preview(const Pixels& pixels, std::uint32_t side);

Problem decoding_problem(std::string id, std::string what);

}  // namespace plugvet
