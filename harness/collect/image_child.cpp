#include <fmt/format.h>

#include <chrono>

#include "harness/collect/image.h"
#include "harness/collect/svg.h"
#include "harness/process/message.h"
#include "harness/process/sandbox.h"

namespace plugvet {

namespace {

constexpr std::uint32_t preview_side = 128;
// A busy machine needs its time; the processor time is what bounds the child.
constexpr SandboxLimits image_limits{.memory = 512u << 20,
                               .processor = std::chrono::seconds{2},
                               .child = {.time = std::chrono::milliseconds{10'000}, .output = 1u << 20}};

constexpr std::uint64_t most_frames = 0xFFFF'FFFF;

void write_problem(const std::optional<Problem>& problem, MessageWriter& message) {
  message.number(problem.has_value());
  if (problem) message.text(problem->id).text(problem->what);
}

std::optional<Problem> read_problem(MessageReader& message) {
  if (!message.flag()) return std::nullopt;
  std::string id = message.text();
  return decoding_problem(std::move(id), message.text());
}

std::string answer_for(ImageFormat format, std::string_view bytes) {
  DecodedImage image;
  std::optional<Problem> problem;
  if (const auto pixels = decode_image(format, bytes)) {
    image = {pixels->width, pixels->height, pixels->frames, false, encode_preview(*pixels, preview_side)};
    for (std::size_t i = 3; i < pixels->rgba.size() && !image.has_transparency; i += 4)
      image.has_transparency = pixels->rgba[i] < 255;
  } else {
    problem = *pixels.problem();
  }
  MessageWriter message;
  write_problem(problem, message);
  message.number(image.width).number(image.height).number(image.frames).number(image.has_transparency);
  return message.text(image.preview_png).take();
}

std::string answer_for_svg(std::string_view bytes) {
  Logo logo;
  read_svg(bytes, logo);
  MessageWriter message;
  write_problem(logo.decoding, message);
  message.number(logo.width).number(logo.height).number(logo.has_script).number(logo.has_external_references);
  return message.take();
}

Problem stopped(const Problem& why) {
  if (why.blame == Blame::environment) {
    Problem problem = why;
    problem.id = "logo.decoder_limit";
    return problem;
  }
  return decoding_problem("logo.decoder_limit", fmt::format("Decoding the image was stopped: it {}.", why.what));
}

Problem unreadable_answer() {
  return decoding_problem("logo.decoder_limit", "Decoding the image was stopped: it gave no answer that can be read.");
}

}  // namespace

Problem decoding_problem(std::string id, std::string what) {
  Problem problem;
  problem.rung = Rung::syntax;
  problem.id = std::move(id);
  problem.what = std::move(what);
  return problem;
}

Result<DecodedImage> decode_in_child(ImageFormat format, std::string_view bytes) {
  const auto answer = run_in_sandbox(image_limits, [&] { return answer_for(format, bytes); });
  if (!answer) return stopped(*answer.problem());
  MessageReader message{*answer};
  const auto problem = read_problem(message);
  DecodedImage image;
  image.width = static_cast<std::uint32_t>(message.number_up_to(most_pixels));
  image.height = static_cast<std::uint32_t>(message.number_up_to(most_pixels));
  image.frames = static_cast<std::uint32_t>(message.number_up_to(most_frames));
  image.has_transparency = message.flag();
  image.preview_png = message.text();
  if (!message.is_whole()) return unreadable_answer();
  if (problem) return *problem;
  return image;
}

void read_svg_in_child(std::string_view bytes, Logo& logo) {
  const auto answer = run_in_sandbox(image_limits, [&] { return answer_for_svg(bytes); });
  if (!answer) {
    logo.decoding = stopped(*answer.problem());
    return;
  }
  MessageReader message{*answer};
  logo.decoding = read_problem(message);
  logo.width = static_cast<std::uint32_t>(message.number_up_to(most_svg_side));
  logo.height = static_cast<std::uint32_t>(message.number_up_to(most_svg_side));
  logo.has_script = message.flag();
  logo.has_external_references = message.flag();
  if (!message.is_whole()) logo.decoding = unreadable_answer();
}

}  // namespace plugvet
