#include <gif_lib.h>
#include <malloc.h>
#include <spng.h>
#include <sys/mman.h>
#include <turbojpeg.h>
#include <webp/encode.h>
#include <webp/mux.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <thread>

#include "harness/collect/collect.h"

using namespace plugvet;
namespace fs = std::filesystem;

namespace {

/// So that pixels need address space of their own, and freed memory does not hide the lack of it.
[[maybe_unused]] const int pixels_are_mapped = ::mallopt(M_MMAP_THRESHOLD, 1 << 20);

constexpr std::uint8_t opaque = 255, half = 128;

/// A gradient, so that no format compresses it to nothing.
std::vector<std::uint8_t> rgba(std::uint32_t width, std::uint32_t height, std::uint8_t alpha) {
  std::vector<std::uint8_t> pixels;
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      for (const std::uint32_t value : {x, y, x * y / 7, std::uint32_t{alpha}})
        pixels.push_back(static_cast<std::uint8_t>(value));
  return pixels;
}

template <class T>
std::string text_of(const T* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string png(std::uint32_t width, std::uint32_t height, std::uint8_t alpha = opaque) {
  const std::unique_ptr<spng_ctx, void (*)(spng_ctx*)> context{spng_ctx_new(SPNG_CTX_ENCODER), &spng_ctx_free};
  spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
  spng_ihdr header{width, height, 8, SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, 0, 0, 0};
  spng_set_ihdr(context.get(), &header);
  const auto pixels = rgba(width, height, alpha);
  BOOST_REQUIRE_EQUAL(
      spng_encode_image(context.get(), pixels.data(), pixels.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE), 0);
  std::size_t size = 0;
  int error = 0;
  const std::unique_ptr<void, void (*)(void*)> bytes{spng_get_png_buffer(context.get(), &size, &error), &std::free};
  return text_of(static_cast<char*>(bytes.get()), size);
}

std::string jpeg(int width, int height) {
  const std::unique_ptr<void, int (*)(tjhandle)> handle{tjInitCompress(), &tjDestroy};
  const auto pixels = rgba(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), opaque);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  BOOST_REQUIRE_EQUAL(
      tjCompress2(handle.get(), pixels.data(), width, 0, height, TJPF_RGBA, &bytes, &size, TJSAMP_420, 90, 0), 0);
  const std::string made = text_of(bytes, size);
  tjFree(bytes);
  return made;
}

std::string cmyk_jpeg(int width, int height) {
  const std::unique_ptr<void, int (*)(tjhandle)> handle{tjInitCompress(), &tjDestroy};
  const auto pixels = rgba(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), half);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  BOOST_REQUIRE_EQUAL(
      tjCompress2(handle.get(), pixels.data(), width, 0, height, TJPF_CMYK, &bytes, &size, TJSAMP_444, 90, 0), 0);
  const std::string made = text_of(bytes, size);
  tjFree(bytes);
  return made;
}

std::string webp(int width, int height, std::uint8_t alpha = opaque) {
  const auto pixels = rgba(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), alpha);
  std::uint8_t* bytes = nullptr;
  const std::size_t size = WebPEncodeLosslessRGBA(pixels.data(), width, height, width * 4, &bytes);
  BOOST_REQUIRE(size > 0);
  const std::string made = text_of(bytes, size);
  WebPFree(bytes);
  return made;
}

std::string little(std::uint64_t value, int bytes) {
  std::string made;
  for (int i = 0; i < bytes; ++i) made += static_cast<char>(value >> (8 * i));
  return made;
}

std::string big(std::uint32_t value, int bytes = 4) {
  std::string made = little(value, bytes);
  std::ranges::reverse(made);
  return made;
}

std::string riff_chunk(const std::string& name, const std::string& body) {
  return name + little(static_cast<std::uint32_t>(body.size()), 4) + body +
         (body.size() % 2 ? std::string(1, '\0') : "");
}

std::string webp_of(const std::string& chunks) {
  return riff_chunk("RIFF", "WEBP" + chunks);
}

std::string animated_webp(int width, int height, int frames) {
  const auto w = static_cast<std::uint32_t>(width - 1), h = static_cast<std::uint32_t>(height - 1);
  std::string chunks = riff_chunk("VP8X", little(0x12, 4) + little(w, 3) + little(h, 3));
  chunks += riff_chunk("ANIM", little(0, 4) + little(0, 2));
  const std::string still = webp(width, height).substr(12);
  for (int i = 0; i < frames; ++i)
    chunks += riff_chunk("ANMF", little(0, 6) + little(w, 3) + little(h, 3) + little(100, 3) + little(0, 1) + still);
  return webp_of(chunks);
}

int append_gif(GifFileType* file, const GifByteType* bytes, int count) {
  static_cast<std::string*>(file->UserData)
      ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
  return count;
}

std::string gif(int width, int height, int frames = 1, int transparent = NO_TRANSPARENT_COLOR) {
  std::string made;
  int error = 0;
  GifFileType* file = EGifOpen(&made, &append_gif, &error);
  BOOST_REQUIRE(file);
  EGifSetGifVersion(file, true);
  const GifColorType colors[] = {{255, 0, 0}, {0, 255, 0}};
  ColorMapObject* map = GifMakeMapObject(2, colors);
  EGifPutScreenDesc(file, width, height, 8, 0, map);
  for (int i = 0; i < frames; ++i) {
    const GraphicsControlBlock control{DISPOSAL_UNSPECIFIED, false, 10, transparent};
    GifByteType extension[4];
    EGifGCBToExtension(&control, extension);
    EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, sizeof extension, extension);
    EGifPutImageDesc(file, 0, 0, width, height, false, nullptr);
    std::vector<GifByteType> line(static_cast<std::size_t>(width));
    for (std::size_t x = 0; x < line.size(); ++x) line[x] = x % 2;
    for (int y = 0; y < height; ++y) EGifPutLine(file, line.data(), width);
  }
  GifFreeMapObject(map);
  EGifCloseFile(file, &error);
  return made;
}

std::string chunk(const std::string& name, const std::string& body) {
  const std::string checked = name + body;
  const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  return big(static_cast<std::uint32_t>(body.size())) + checked + big(static_cast<std::uint32_t>(crc));
}

const std::string signature{"\x89PNG\r\n\x1a\n", 8};

std::string header_chunk(std::uint32_t width, std::uint32_t height) {
  return chunk("IHDR", big(width) + big(height) + std::string("\x08\x06\0\0\0", 5));
}

/// A PNG with chunks put in behind its header.
std::string png_with(const std::string& chunks) {
  std::string made = png(16, 16);
  return made.insert(8 + 25, chunks);
}

std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  return signature + header_chunk(width, height) + chunk("IDAT", "") + chunk("IEND", "");
}

Result<Logo> read(const std::string& bytes) {
  const auto start = std::chrono::steady_clock::now();
  auto logo = read_logo(bytes, "image/png", "https://acme.com/logo.png");
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds{10}));
  if (logo) {
    BOOST_TEST(logo->location == "https://acme.com/logo.png");
    BOOST_TEST(logo->media_type == "image/png");
    BOOST_TEST(logo->bytes == bytes.size());
    BOOST_TEST(logo->sha256.size() == 64);
    BOOST_TEST((!logo->decoding || logo->decoding->where == logo->location));
  } else {
    BOOST_TEST(logo.problem()->where == "https://acme.com/logo.png");
  }
  return logo;
}

/// "" when it can be decoded; the id of the problem when not.
std::string fate(const std::string& bytes) {
  const auto logo = read(bytes);
  if (!logo) return logo.problem()->id;
  return logo->decoding ? logo->decoding->id : "";
}

void expect_preview(const Logo& logo, std::uint32_t width, std::uint32_t height) {
  const auto preview = read_logo(logo.preview_png, "", "");
  BOOST_REQUIRE(preview);
  BOOST_TEST((preview->format == ImageFormat::png));
  BOOST_TEST(preview->width == width);
  BOOST_TEST(preview->height == height);
  BOOST_TEST(!preview->decoding);
  BOOST_TEST(preview->has_transparency == logo.has_transparency);
}

struct Sample {
  std::string name, bytes;
  ImageFormat format;
  std::uint32_t width, height, frames;
  bool has_transparency;
};

std::vector<Sample> samples() {
  return {{"PNG", png(300, 200), ImageFormat::png, 300, 200, 1, false},
          {"transparent PNG", png(300, 200, half), ImageFormat::png, 300, 200, 1, true},
          {"small PNG", png(1, 1), ImageFormat::png, 1, 1, 1, false},
          {"narrow PNG", png(1, 4000), ImageFormat::png, 1, 4000, 1, false},
          {"JPEG", jpeg(301, 203), ImageFormat::jpeg, 301, 203, 1, false},
          {"CMYK JPEG", cmyk_jpeg(64, 32), ImageFormat::jpeg, 64, 32, 1, false},
          {"WebP", webp(120, 240), ImageFormat::webp, 120, 240, 1, false},
          {"transparent WebP", webp(120, 240, half), ImageFormat::webp, 120, 240, 1, true},
          {"animated WebP", animated_webp(40, 30, 3), ImageFormat::webp, 40, 30, 3, false},
          {"GIF", gif(130, 65), ImageFormat::gif, 130, 65, 1, false},
          {"transparent GIF", gif(20, 10, 1, 1), ImageFormat::gif, 20, 10, 1, true},
          {"animated GIF", gif(20, 10, 4), ImageFormat::gif, 20, 10, 4, false}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(images)

BOOST_AUTO_TEST_CASE(every_format_is_told_by_its_bytes_and_decoded_to_a_small_preview) {
  for (const Sample& sample : samples()) {
    BOOST_TEST_CONTEXT(sample.name) {
      const auto logo = read(sample.bytes);
      BOOST_REQUIRE(logo);
      BOOST_REQUIRE(!logo->decoding);
      BOOST_TEST(name_of(logo->format) == name_of(sample.format));
      BOOST_TEST(logo->width == sample.width);
      BOOST_TEST(logo->height == sample.height);
      BOOST_TEST(logo->frames == sample.frames);
      BOOST_TEST(logo->has_transparency == sample.has_transparency);
      const std::uint32_t longest = std::max({sample.width, sample.height, 128u});
      expect_preview(*logo, std::max(1u, sample.width * 128 / longest), std::max(1u, sample.height * 128 / longest));
    }
  }
}

BOOST_AUTO_TEST_CASE(an_image_that_is_cut_off_anywhere_has_a_problem_and_never_crashes) {
  for (const Sample& sample : samples()) {
    const std::size_t step = std::max<std::size_t>(1, sample.bytes.size() / 12);
    const std::size_t last = sample.bytes.size() - 4;  // without the checksum of IEND every pixel is still there
    for (std::size_t size = 0; size < last; size += size < 4 ? 1 : step)
      BOOST_TEST(fate(sample.bytes.substr(0, size)) != "", sample.name << " cut to " << size);
    const std::string cut = fate(sample.bytes.substr(0, sample.bytes.size() / 2));
    BOOST_TEST(cut == "logo.truncated", sample.name << ": " << cut);
  }
}

BOOST_AUTO_TEST_CASE(a_png_is_truncated_at_every_byte_of_its_head) {
  const std::string whole = png(16, 16);
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string end = fate(whole.substr(0, size));
    BOOST_TEST(end == (size < 8 ? "logo.not_image" : "logo.truncated"), size << ": " << end);
  }
  BOOST_TEST(fate(whole.substr(0, whole.size() - 12)) == "logo.truncated");  // without IEND
}

BOOST_AUTO_TEST_CASE(bytes_that_were_changed_never_crash) {
  for (const Sample& sample : samples())
    for (std::size_t i = 0; i < 24; ++i) {
      std::string bytes = sample.bytes;
      const std::size_t at = bytes.size() * i / 24;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << i % 8));
      read(bytes);
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_checksum_is_named) {
  std::string bytes = png(16, 16);
  bytes[29] = static_cast<char>(bytes[29] ^ 1);  // of IHDR
  BOOST_TEST(fate(bytes) == "logo.checksum");
  bytes = png(16, 16);
  bytes[bytes.size() - 14] = static_cast<char>(bytes[bytes.size() - 14] ^ 1);  // of IDAT
  BOOST_TEST(fate(bytes) == "logo.checksum");
}

BOOST_AUTO_TEST_CASE(more_than_16_million_pixels_are_not_decoded) {
  for (const auto& [width, height] : {std::pair{65535u, 65535u},
                                      {0x7FFFFFFFu, 0x7FFFFFFFu},
                                      {0xFFFFFFFFu, 0xFFFFFFFFu},
                                      {4097u, 4096u},
                                      {1u, 16777217u}}) {
    const auto logo = read(png_claiming(width, height));
    BOOST_REQUIRE((logo && logo->decoding));
    BOOST_TEST(logo->decoding->id == "logo.too_many_pixels");
    BOOST_TEST(logo->width == width);
  }
  std::string large = gif(4, 4);
  large.replace(6, 4, "\xFF\xFF\xFF\xFF");
  BOOST_TEST(fate(large) == "logo.too_many_pixels");
  BOOST_TEST(fate(large.substr(0, 35)) == "logo.too_many_pixels");
  BOOST_TEST(fate(webp_of(riff_chunk("VP8X", std::string(4, '\0') + "\xFF\xFF\xFF\xFF\xFF\xFF"))) ==
             "logo.corrupt");
  const std::string whole = jpeg(16, 16);
  std::string tall = whole;
  tall.replace(tall.find("\xFF\xC0") + 5, 4, "\xFF\xDC\xFF\xDC");
  BOOST_TEST(fate(tall) == "logo.too_many_pixels");
  // Where only the decoder finds the header.
  tall.insert(2, "garbage");
  BOOST_TEST(fate(tall) != "");
}

BOOST_AUTO_TEST_CASE(an_image_without_width_or_height_is_corrupt) {
  BOOST_TEST(fate(png_claiming(0, 0)) == "logo.corrupt");
  BOOST_TEST(fate(png_claiming(9, 0)) == "logo.corrupt");
  std::string flat = gif(4, 4);
  flat.replace(6, 4, std::string("\x04\0\0\0", 4));
  BOOST_TEST(fate(flat) == "logo.corrupt");
}

BOOST_AUTO_TEST_CASE(a_gif_frame_larger_than_memory_is_a_problem_and_no_crash) {
  std::string bytes = gif(4, 4);
  const std::size_t frame = bytes.find(std::string("\x2C\0\0\0\0", 5));
  bytes.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
  BOOST_TEST(fate(bytes) != "");
}

BOOST_AUTO_TEST_CASE(a_png_of_many_chunks_is_not_read) {
  std::string chunks;
  for (int i = 0; i < 900; ++i) chunks += chunk("teSt", "");
  BOOST_TEST(fate(png_with(chunks)) == "");
  for (int i = 0; i < 1100; ++i) chunks += chunk("teSt", "");
  BOOST_TEST(fate(png_with(chunks)) == "logo.decoder_limit");
}

BOOST_AUTO_TEST_CASE(what_follows_the_end_of_a_png_is_no_part_of_it) {
  BOOST_TEST(fate(png(16, 16) + "<html><script>alert(1)</script></html>") == "");
  BOOST_TEST(fate(png(16, 16) + std::string(30'000, '\0')) == "");
}

BOOST_AUTO_TEST_CASE(a_chunk_that_claims_to_be_longer_than_the_file_is_a_problem) {
  BOOST_TEST(fate(png_with(big(0x7FFFFFFF) + "teStabc")) != "");
  BOOST_TEST(fate(png_with(big(0xFFFFFFFF) + "teStabc")) != "");
}

BOOST_AUTO_TEST_CASE(compressed_text_of_a_png_is_no_bomb) {
  std::string packed(200'000, '\0');
  const std::string text(100'000'000, 'x');
  uLongf size = packed.size();
  BOOST_REQUIRE(::compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
                           text.size()) == Z_OK);
  packed.resize(size);
  for (const std::string& bomb :
       {chunk("zTXt", std::string("a\0\0", 3) + packed), chunk("iCCP", std::string("a\0\0", 3) + packed)}) {
    const auto logo = read(png_with(bomb));
    BOOST_REQUIRE(logo);
    BOOST_TEST((!logo->decoding || logo->decoding->id.starts_with("logo.")));
  }
}

BOOST_AUTO_TEST_CASE(a_large_chunk_of_pixels_is_no_problem) {
  std::string lines;
  std::uint32_t random = 1;
  for (int y = 0; y < 700; ++y) {
    lines += '\0';
    for (int x = 0; x < 700 * 4; ++x) lines += static_cast<char>((random = random * 1664525 + 1013904223) >> 24);
  }
  std::string packed(lines.size() + 10'000, '\0');
  uLongf size = packed.size();
  BOOST_REQUIRE(::compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(lines.data()),
                           lines.size()) == Z_OK);
  packed.resize(size);
  BOOST_REQUIRE(packed.size() > 1'500'000);
  BOOST_TEST(fate(signature + header_chunk(700, 700) + chunk("IDAT", packed) + chunk("IEND", "")) == "");
}

BOOST_AUTO_TEST_CASE(large_ancillary_data_of_a_good_png_is_no_problem) {
  BOOST_TEST(fate(png_with(
                 chunk("iTXt", std::string("XML:com.adobe.xmp\0\0\0\0\0", 22) + std::string(1'500'000, 'x')))) == "");
}

BOOST_AUTO_TEST_CASE(an_animated_png_says_how_many_frames_it_has) {
  const auto logo = read(png_with(chunk("acTL", big(100'000) + big(0))));
  BOOST_REQUIRE(logo);
  BOOST_TEST(logo->frames == 100'000);
  BOOST_TEST(!logo->decoding);
}

BOOST_AUTO_TEST_CASE(formats_that_are_not_decoded_are_still_named) {
  const std::string bmp_head = std::string(4, '\0') + little(54, 4) + little(40, 4) + little(32, 4);
  const auto bmp = [&](std::uint32_t height) {
    const std::string rest = bmp_head + little(height, 4) + std::string(100, '\0');
    return "BM" + little(static_cast<std::uint32_t>(rest.size() + 6), 4) + rest;
  };
  for (const std::uint32_t height : {24u, 0u - 24u}) {
    const auto logo = read(bmp(height));
    BOOST_REQUIRE(logo);
    BOOST_TEST((logo->format == ImageFormat::bmp));
    BOOST_TEST(logo->width == 32);
    BOOST_TEST(logo->height == 24);
    BOOST_TEST(logo->preview_png.empty());
  }
  const auto ico = read(std::string("\0\0\1\0\1\0", 6) + png(16, 16));
  BOOST_REQUIRE(ico);
  BOOST_TEST((ico->format == ImageFormat::ico));
  const auto avif = read(std::string("\0\0\0\x1c", 4) + "ftypavif....");
  BOOST_REQUIRE(avif);
  BOOST_TEST((avif->format == ImageFormat::avif));
}

BOOST_AUTO_TEST_CASE(a_web_page_is_no_image) {
  for (const std::string page : {"<!DOCTYPE html><html><body>Not found</body></html>", "\n <HTML><svg></svg></HTML>",
                                 "<!doctype html><title>x</title><svg onload=alert(1)>"}) {
    const auto logo = read(page);
    BOOST_REQUIRE(!logo);
    BOOST_TEST(logo.problem()->id == "logo.not_image");
    BOOST_TEST((logo.problem()->rung == Rung::content_type));
  }
}

BOOST_AUTO_TEST_CASE(garbage_is_no_image) {
  for (const std::string& bytes : {std::string{}, std::string{"x"}, std::string(100'000, '\0'), std::string{"%PDF-1.7"},
                                   std::string{"{\"error\": 404}"}, std::string{"BM1234567890"},
                                   std::string{"RIFF1234WAVE"}, std::string{"\xEF\xBB\xBF"}}) {
    const auto logo = read(bytes);
    BOOST_REQUIRE(!logo);
    BOOST_TEST(logo.problem()->id == "logo.not_image");
    BOOST_TEST((logo.problem()->rung == Rung::syntax));
  }
}

BOOST_AUTO_TEST_CASE(images_are_decoded_while_other_threads_work) {
  const std::string bytes = png(200, 200);
  std::atomic<int> decoded{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int round = 0; round < 5; ++round)
        if (const auto logo = read_logo(bytes, "", ""); logo && !logo->decoding) ++decoded;
    });
  threads.clear();
  BOOST_TEST(decoded == 20);
}

BOOST_AUTO_TEST_CASE(decoding_leaves_no_file_open_and_no_process_behind) {
  const auto open_files = [] { return std::distance(fs::directory_iterator{"/proc/self/fd"}, {}); };
  const auto before = open_files();
  for (int i = 0; i < 5; ++i) read(i % 2 ? png(9, 9) : png(9, 9).substr(0, 60));
  BOOST_TEST(open_files() == before);
}

BOOST_AUTO_TEST_CASE(an_image_is_decoded_in_a_process_that_has_much_address_space) {
  // As threads and their arenas reserve it; the decoder's limit counts from there.
  constexpr std::size_t size = std::size_t{2} << 30;
  void* reserved = ::mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  BOOST_REQUIRE(reserved != MAP_FAILED);
  BOOST_TEST(fate(png(600, 600)) == "");
  ::munmap(reserved, size);
}

namespace {

std::vector<fs::path> files_of_suite(const std::string& folder) {
  const fs::path root = fs::path{PLUGVET_SOURCE_DIR} / ".." / "shared" / folder;
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator{root, error})
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  if (files.empty()) BOOST_TEST_MESSAGE("skipped: there is no folder " << root);
  return files;
}

std::string content_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_image_of_the_suite_ends_with_a_result) {
  for (const fs::path& path : files_of_suite("suites/images")) BOOST_TEST_CONTEXT(path) {
      const std::string end = fate(content_of(path));
      BOOST_TEST_MESSAGE(path.filename().string() << ": " << (end.empty() ? "decoded" : end));
      BOOST_TEST((end != "logo.decoder_limit" || path.filename() == "deep.svg"));
      // The names of PngSuite's bad files begin with x.
      const std::string name = path.filename().string();
      const bool is_of_pngsuite = path.parent_path().filename() == "pngsuite" && path.extension() == ".png";
      if (is_of_pngsuite) BOOST_TEST(end.empty() == !name.starts_with('x'));
      if (name.starts_with("ok")) BOOST_TEST(end == "");
      if (name.starts_with("trunc")) BOOST_TEST(end != "");
    }
}

BOOST_AUTO_TEST_CASE(logos_of_published_plugins_are_what_their_bytes_say) {
  std::map<std::string, int> formats;
  int logos = 0;
  for (const fs::path& path : files_of_suite("corpus/pairs"))
    if (path.filename() == "logo.png") BOOST_TEST_CONTEXT(path) {
        const auto logo = read(content_of(path));
        BOOST_REQUIRE(logo);
        BOOST_TEST(!logo->decoding);
        ++formats[std::string{name_of(logo->format)}], ++logos;
        BOOST_TEST(logo->preview_png.empty() == (logo->format == ImageFormat::ico));
      }
  for (const auto& [format, count] : formats) BOOST_TEST_MESSAGE(format << ": " << count);
  if (logos == 0) return;
  BOOST_TEST(formats["WebP"] == 1);
  BOOST_TEST(formats["JPEG"] >= 1);
}

BOOST_AUTO_TEST_SUITE_END()
