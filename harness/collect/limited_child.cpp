#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "harness/collect/image.h"

namespace plugvet {

namespace {

using Clock = std::chrono::steady_clock;

constexpr rlim_t memory_limit = 512u << 20;
constexpr rlim_t cpu_seconds = 2;
constexpr std::chrono::milliseconds wall_limit{4000};
constexpr std::uint32_t preview_side = 128;
constexpr std::size_t longest_answer = 1u << 20;

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

// What the child says: "+" frames transparency '\n' preview, or "-" id '\n' sentence.
std::string answer_for(ImageFormat format, std::string_view bytes) {
  const auto pixels = decode_image(format, bytes);
  if (!pixels) return "-" + pixels.problem()->id + "\n" + pixels.problem()->what;
  bool has_transparency = false;
  for (std::size_t i = 3; i < pixels->rgba.size() && !has_transparency; i += 4)
    has_transparency = pixels->rgba[i] < 255;
  return "+" + std::to_string(pixels->frames) + (has_transparency ? " 1" : " 0") + "\n" +
         encode_preview(*pixels, preview_side);
}

[[noreturn]] void live_as_child(int out, ImageFormat format, std::string_view bytes) {
  limit(RLIMIT_CPU, cpu_seconds);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 0);  // what is open stays open, nothing new can be opened
  if (memory_can_be_limited) limit(RLIMIT_AS, address_space_in_use() + memory_limit);
  try {
    write_all(out, answer_for(format, bytes));
  } catch (const std::bad_alloc&) {
    write_all(out, "-logo.decoder_limit\nDecoding the image takes more memory than any logo should.");
  }
  _exit(0);
}

std::string read_answer(int in, Clock::time_point deadline) {
  std::string answer;
  char buffer[16384];
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{in, POLLIN, 0};
    if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0) return {};
    const ssize_t count = read(in, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || answer.size() > longest_answer) return answer;
    answer.append(buffer, static_cast<std::size_t>(count));
  }
}

Result<DecodedImage> understood(const std::string& answer) {
  const std::size_t line_end = answer.find('\n');
  if (answer.empty() || line_end == std::string::npos)
    return decoding_problem("logo.decoder_limit",
                            "Decoding the image was stopped: it crashed the decoder, or took more than 2 s "
                            "or 512 MiB.");
  if (answer[0] == '-') return decoding_problem(answer.substr(1, line_end - 1), answer.substr(line_end + 1));
  DecodedImage image;
  unsigned frames = 1, transparent = 0;
  std::sscanf(answer.c_str() + 1, "%u %u", &frames, &transparent);
  image.frames = frames;
  image.has_transparency = transparent != 0;
  image.preview_png = answer.substr(line_end + 1);
  return image;
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
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return decoding_problem("logo.decoder_limit",
                            std::string{"No pipe for the decoder: "} + std::strerror(errno) + ".");
  const pid_t child = fork();
  if (child == 0) live_as_child(ends[1], format, bytes);
  close(ends[1]);
  std::string answer;
  if (child > 0) {
    answer = read_answer(ends[0], Clock::now() + wall_limit);
    kill(child, SIGKILL);
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  close(ends[0]);
  if (child < 0) {
    Problem problem = decoding_problem("logo.decoder_limit",
                                       std::string{"No process for the decoder: "} + std::strerror(errno) + ".");
    problem.blame = Blame::environment;
    return problem;
  }
  return understood(answer);
}

}  // namespace plugvet
