#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <new>

#include "harness/collect/image.h"
#include "harness/process/child.h"

namespace plugvet {

namespace {

constexpr rlim_t memory_limit = 512u << 20;
constexpr rlim_t cpu_seconds = 2;
constexpr std::uint32_t preview_side = 128;
// A busy machine needs its time; the processor time is what bounds the child.
constexpr ChildLimits limits{.time = std::chrono::milliseconds{10'000}, .output = 1u << 20};

// Sanitizers reserve terabytes of address space, so a limit on it would stop every child.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_can_be_limited = false;
#else
constexpr bool memory_can_be_limited = true;
#endif

/// Address space in use: the limit of a forked child has to start from there.
rlim_t address_space_in_use() {
  unsigned long pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return static_cast<rlim_t>(pages) * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

void limit(__rlimit_resource what, rlim_t value) {
  const rlimit limit{value, value};
  setrlimit(what, &limit);
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// What the child says of an image that it could decode, before the preview.
struct AnswerHead {
  std::uint32_t width, height, frames, has_transparency;
};

// What the child says: "+" AnswerHead preview, or "-" id '\n' sentence.
std::string answer_for(ImageFormat format, std::string_view bytes) {
  const auto pixels = decode_image(format, bytes);
  if (!pixels) return "-" + pixels.problem()->id + "\n" + pixels.problem()->what;
  AnswerHead head{pixels->width, pixels->height, pixels->frames, 0};
  for (std::size_t i = 3; i < pixels->rgba.size() && !head.has_transparency; i += 4)
    head.has_transparency = pixels->rgba[i] < 255;
  return "+" + std::string{reinterpret_cast<const char*>(&head), sizeof head} + encode_preview(*pixels, preview_side);
}

/// In the child: noexcept, because nothing may unwind into the parent's code.
void decode_as_child(rlim_t memory, ImageFormat format, std::string_view bytes) noexcept {
  limit(RLIMIT_CPU, cpu_seconds);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 0);  // what is open stays open, nothing new can be opened
  if (memory_can_be_limited) limit(RLIMIT_AS, memory);
  try {
    write_all(STDOUT_FILENO, answer_for(format, bytes));
  } catch (const std::bad_alloc&) {
    write_all(STDOUT_FILENO, "-logo.decoder_limit\nDecoding the image takes more memory than any logo should.");
  }
}

Result<DecodedImage> understood(const std::string& answer) {
  AnswerHead head{};
  const std::size_t line_end = answer.find('\n');
  if (answer.starts_with('-') && line_end != std::string::npos)
    return decoding_problem(answer.substr(1, line_end - 1), answer.substr(line_end + 1));
  if (!answer.starts_with('+') || answer.size() < 1 + sizeof head)
    return decoding_problem("logo.decoder_limit",
                            "Decoding the image was stopped: it crashed the decoder, or took more than 2 s "
                            "or 512 MiB.");
  std::memcpy(&head, answer.data() + 1, sizeof head);
  return DecodedImage{head.width, head.height, head.frames, head.has_transparency != 0, answer.substr(1 + sizeof head)};
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
  const rlim_t memory = address_space_in_use() + memory_limit;  // asked here: the child may open nothing
  const auto end = run_in_child({}, limits, [&] { decode_as_child(memory, format, bytes); });
  if (end) return understood(end->output);
  Problem problem = decoding_problem("logo.decoder_limit", end.problem()->what);
  problem.blame = end.problem()->blame;
  return problem;
}

}  // namespace plugvet
