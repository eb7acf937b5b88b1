#include <gif_lib.h>
#include <spng.h>
#include <turbojpeg.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "harness/collect/image.h"

namespace plugvet {

namespace {

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Problem problem(std::string id, std::string what) {
  return decoding_problem(std::move(id), std::move(what));
}

/// A decoder may find a header elsewhere than read_image_header, so the size is looked at again before memory is taken.
std::optional<Problem> size_problem(std::int64_t width, std::int64_t height) {
  if (width <= 0 || height <= 0) return problem("logo.corrupt", "The image declares a width or height of zero.");
  if (static_cast<std::uint64_t>(width * height) > most_pixels)
    return problem("logo.too_many_pixels", "The image declares more than 16 million pixels.");
  return std::nullopt;
}

Pixels blank(std::int64_t width, std::int64_t height) {
  return {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 1,
          std::vector<std::uint8_t>(static_cast<std::size_t>(4 * width * height))};
}

// --- PNG ---

struct FreeSpng {
  void operator()(spng_ctx* context) const { spng_ctx_free(context); }
};
using Spng = std::unique_ptr<spng_ctx, FreeSpng>;

Problem png_problem(int error) {
  switch (error) {
    case SPNG_IO_EOF:
    case SPNG_EIDAT_TOO_SHORT:
      return problem("logo.truncated", "The PNG ends before all of its pixels are there.");
    case SPNG_ECHUNK_CRC:
      return problem("logo.checksum", "A chunk of the PNG does not match its checksum.");
    default:
      return problem("logo.corrupt", std::string{"The PNG cannot be decoded: "} + spng_strerror(error) + ".");
  }
}

Result<Pixels> decode_png(std::string_view bytes) {
  const Spng context{spng_ctx_new(0)};
  spng_set_chunk_limits(context.get(), 1u << 20, 4u << 20);
  spng_set_png_buffer(context.get(), bytes.data(), bytes.size());
  spng_ihdr header{};
  if (const int error = spng_get_ihdr(context.get(), &header)) return png_problem(error);
  if (auto wrong = size_problem(header.width, header.height)) return *wrong;
  Pixels pixels = blank(header.width, header.height);
  if (const int error =
          spng_decode_image(context.get(), pixels.rgba.data(), pixels.rgba.size(), SPNG_FMT_RGBA8, SPNG_DECODE_TRNS))
    return png_problem(error);
  if (const int error = spng_decode_chunks(context.get())) return png_problem(error);  // up to IEND
  return pixels;
}

// --- JPEG ---

Result<Pixels> decode_jpeg(std::string_view bytes) {
  const std::unique_ptr<void, int (*)(tjhandle)> handle{tjInitDecompress(), &tjDestroy};
  int width = 0, height = 0, subsampling = 0, colors = 0;
  const auto failed = [&] {
    const std::string words = tjGetErrorStr2(handle.get());
    const bool is_short = words.find("remature end") != std::string::npos ||
                          words.find("missing SOS") != std::string::npos;  // the end came before the pixels
    return is_short ? problem("logo.truncated", "The JPEG ends before all of its pixels are there.")
                    : problem("logo.corrupt", "The JPEG cannot be decoded: " + words + ".");
  };
  const auto size = static_cast<unsigned long>(bytes.size());
  if (tjDecompressHeader3(handle.get(), data_of(bytes), size, &width, &height, &subsampling, &colors) != 0)
    return failed();
  if (auto wrong = size_problem(width, height)) return *wrong;
  Pixels pixels = blank(width, height);
  const bool is_cmyk = colors == TJCS_CMYK || colors == TJCS_YCCK;
  const int format = is_cmyk ? TJPF_CMYK : TJPF_RGBA;
  if (tjDecompress2(handle.get(), data_of(bytes), size, pixels.rgba.data(), width, 0, height, format,
                    TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0)
    return failed();
  if (is_cmyk)  // Adobe's inverted CMYK, which is what is found
    for (std::size_t i = 0; i < pixels.rgba.size(); i += 4) {
      std::uint8_t* p = &pixels.rgba[i];
      for (int c = 0; c < 3; ++c) p[c] = static_cast<std::uint8_t>(p[c] * p[3] / 255);
      p[3] = 255;
    }
  return pixels;
}

// --- WebP ---

/// The file is shorter than its RIFF header says.
bool webp_is_short(std::string_view bytes) {
  std::uint64_t size = 8;
  for (std::size_t i = 0; i < 4 && 4 + i < bytes.size(); ++i) size += std::uint64_t{data_of(bytes)[4 + i]} << (8 * i);
  return bytes.size() < size;
}

Result<Pixels> decode_webp(std::string_view bytes) {
  WebPBitstreamFeatures features;
  const VP8StatusCode status = WebPGetFeatures(data_of(bytes), bytes.size(), &features);
  const auto failed = [&] {
    return webp_is_short(bytes) ? problem("logo.truncated", "The WebP ends before all of its pixels are there.")
                                : problem("logo.corrupt", "The WebP cannot be decoded.");
  };
  if (status != VP8_STATUS_OK) return failed();
  if (auto wrong = size_problem(features.width, features.height)) return *wrong;
  Pixels pixels = blank(features.width, features.height);
  if (!features.has_animation) {
    const int stride = features.width * 4;
    if (!WebPDecodeRGBAInto(data_of(bytes), bytes.size(), pixels.rgba.data(), pixels.rgba.size(), stride))
      return failed();
    return pixels;
  }
  const WebPData data{data_of(bytes), bytes.size()};
  const std::unique_ptr<WebPAnimDecoder, void (*)(WebPAnimDecoder*)> animation{WebPAnimDecoderNew(&data, nullptr),
                                                                               &WebPAnimDecoderDelete};
  WebPAnimInfo info;
  std::uint8_t* frame = nullptr;
  int at = 0;
  if (!animation || !WebPAnimDecoderGetInfo(animation.get(), &info) || info.canvas_width != pixels.width ||
      info.canvas_height != pixels.height || !WebPAnimDecoderGetNext(animation.get(), &frame, &at))
    return failed();
  pixels.frames = info.frame_count;
  std::memcpy(pixels.rgba.data(), frame, pixels.rgba.size());
  return pixels;
}

// --- GIF ---

struct GifInput {
  std::string_view left;
};

int read_gif(GifFileType* file, GifByteType* into, int wanted) {
  auto& input = *static_cast<GifInput*>(file->UserData);
  const std::size_t count = std::min(input.left.size(), static_cast<std::size_t>(wanted));
  std::memcpy(into, input.left.data(), count);
  input.left.remove_prefix(count);
  return static_cast<int>(count);
}

void paint_first_frame(const GifFileType& gif, Pixels& pixels) {
  const SavedImage& frame = gif.SavedImages[0];
  const ColorMapObject* colors = frame.ImageDesc.ColorMap ? frame.ImageDesc.ColorMap : gif.SColorMap;
  GraphicsControlBlock control{};
  control.TransparentColor = NO_TRANSPARENT_COLOR;
  DGifSavedExtensionToGCB(const_cast<GifFileType*>(&gif), 0, &control);
  for (int y = 0; y < frame.ImageDesc.Height; ++y)
    for (int x = 0; x < frame.ImageDesc.Width; ++x) {
      const auto column = static_cast<std::uint32_t>(frame.ImageDesc.Left + x);
      const auto row = static_cast<std::uint32_t>(frame.ImageDesc.Top + y);
      const int index = frame.RasterBits[std::size_t{1} * y * frame.ImageDesc.Width + x];
      if (column >= pixels.width || row >= pixels.height || !colors || index >= colors->ColorCount) continue;
      std::uint8_t* pixel = &pixels.rgba[4 * (std::size_t{row} * pixels.width + column)];
      const GifColorType& color = colors->Colors[index];
      pixel[0] = color.Red, pixel[1] = color.Green, pixel[2] = color.Blue;
      pixel[3] = index == control.TransparentColor ? 0 : 255;
    }
}

Result<Pixels> decode_gif(std::string_view bytes) {
  GifInput input{bytes};
  int error = 0;
  const auto close = [](GifFileType* file) { DGifCloseFile(file, nullptr); };
  const std::unique_ptr<GifFileType, decltype(close)> gif{DGifOpen(&input, &read_gif, &error), close};
  const auto truncated = [] { return problem("logo.truncated", "The GIF ends before all of its pixels are there."); };
  if (!gif) return truncated();                                             // its signature was seen before
  if (auto wrong = size_problem(gif->SWidth, gif->SHeight)) return *wrong;  // 35 bytes can claim 65535²
  const bool is_whole = DGifSlurp(gif.get()) == GIF_OK;
  const bool is_short = gif->Error == D_GIF_ERR_READ_FAILED || gif->Error == D_GIF_ERR_EOF_TOO_SOON;
  if (!is_whole && !is_short) return problem("logo.corrupt", "The GIF cannot be decoded to its end.");
  if (!is_whole || gif->ImageCount == 0 || !gif->SavedImages[0].RasterBits) return truncated();
  Pixels pixels = blank(gif->SWidth, gif->SHeight);
  pixels.frames = static_cast<std::uint32_t>(gif->ImageCount);
  paint_first_frame(*gif, pixels);
  return pixels;
}

}  // namespace

Result<Pixels> decode_image(ImageFormat format, std::string_view bytes) {
  switch (format) {
    case ImageFormat::png:
      return decode_png(bytes);
    case ImageFormat::jpeg:
      return decode_jpeg(bytes);
    case ImageFormat::webp:
      return decode_webp(bytes);
    case ImageFormat::gif:
      return decode_gif(bytes);
    default:
      return problem("logo.undecodable", "plugvet does not decode this image format.");
  }
}

namespace {

/// The source pixels that pixel `i` of `count` covers, at least one.
struct Span {
  std::uint32_t from, to;
  Span(std::uint32_t i, std::uint32_t count, std::uint32_t total)
      : from{static_cast<std::uint32_t>(std::uint64_t{i} * total / count)},
        to{std::max(from + 1, static_cast<std::uint32_t>((std::uint64_t{i} + 1) * total / count))} {}
};

/// The mean of a box of pixels, weighted by opacity, so that the colour of invisible pixels does not bleed.
void mean_of_box(const Pixels& pixels, Span columns, Span rows, std::uint8_t* out) {
  std::uint64_t sum[4] = {};
  for (std::uint32_t y = rows.from; y < rows.to; ++y)
    for (std::uint32_t x = columns.from; x < columns.to; ++x) {
      const std::uint8_t* p = &pixels.rgba[4 * (std::size_t{y} * pixels.width + x)];
      for (int c = 0; c < 3; ++c) sum[c] += std::uint64_t{p[c]} * p[3];
      sum[3] += p[3];
    }
  const std::uint64_t count = std::uint64_t{rows.to - rows.from} * (columns.to - columns.from);
  for (int c = 0; c < 3; ++c) out[c] = static_cast<std::uint8_t>(sum[3] ? sum[c] / sum[3] : 0);
  out[3] = static_cast<std::uint8_t>(sum[3] / count);
}

}  // namespace

std::string encode_preview(const Pixels& pixels, std::uint32_t side) {
  const std::uint32_t longest = std::max(pixels.width, pixels.height);
  const auto scaled = [&](std::uint32_t length) {
    return std::max<std::uint32_t>(
        1, static_cast<std::uint32_t>(std::uint64_t{length} * std::min(longest, side) / longest));
  };
  const std::uint32_t width = scaled(pixels.width), height = scaled(pixels.height);
  std::vector<std::uint8_t> small(std::size_t{4} * width * height);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      mean_of_box(pixels, {x, width, pixels.width}, {y, height, pixels.height},
                  &small[4 * (std::size_t{y} * width + x)]);

  const Spng context{spng_ctx_new(SPNG_CTX_ENCODER)};
  spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
  spng_ihdr header{width, height, 8, SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, 0, 0, 0};
  spng_set_ihdr(context.get(), &header);
  if (spng_encode_image(context.get(), small.data(), small.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE) != 0) return {};
  std::size_t size = 0;
  int error = 0;
  const std::unique_ptr<void, void (*)(void*)> png{spng_get_png_buffer(context.get(), &size, &error), &std::free};
  return png ? std::string{static_cast<const char*>(png.get()), size} : std::string{};
}

}  // namespace plugvet
