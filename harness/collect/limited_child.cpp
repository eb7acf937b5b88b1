#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "harness/collect/image.h"

namespace plugvet {

namespace {

using Clock = std::chrono::steady_clock;

constexpr rlim_t memory_limit = 512u << 20;
constexpr rlim_t cpu_seconds = 2;
constexpr std::chrono::milliseconds wall_limit{10'000};  // a busy machine; the processor time is what bounds it
constexpr int answer_fd = 3;
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

/// Only this thread lives on in the child, so nothing here may take a lock that another thread could have held;
/// malloc's are taken care of by fork(). noexcept: nothing may unwind into the parent's code.
[[noreturn]] void live_as_child(int out, rlim_t memory, ImageFormat format, std::string_view bytes) noexcept {
  // Sockets, recordings and the pipes of other children are none of the decoder's business.
  if (dup2(out, answer_fd) < 0) _exit(1);
  close_range(answer_fd + 1, ~0u, 0);
  // A handler of this program (a crash reporter, a test framework) must not bring the child back to life.
  for (const int crash : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU}) signal(crash, SIG_DFL);
  limit(RLIMIT_CPU, cpu_seconds);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 0);  // what is open stays open, nothing new can be opened
  if (memory_can_be_limited) limit(RLIMIT_AS, memory);
  try {
    write_all(answer_fd, answer_for(format, bytes));
  } catch (const std::bad_alloc&) {
    write_all(answer_fd, "-logo.decoder_limit\nDecoding the image takes more memory than any logo should.");
  }
  _exit(0);
}

std::string read_answer(int in, Clock::time_point deadline) {
  std::string answer;
  char buffer[16384];
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{in, POLLIN, 0};
    if (left <= 0) return {};
    const int ready = poll(&waiting, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return {};
    const ssize_t count = read(in, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || answer.size() > longest_answer) return answer;
    answer.append(buffer, static_cast<std::size_t>(count));
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

Problem no_child(std::string_view part, int error) {
  Problem problem = decoding_problem("logo.decoder_limit",
                                     "No " + std::string{part} + " for the decoder: " + std::strerror(error) + ".");
  problem.blame = Blame::environment;
  return problem;
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
  if (pipe2(ends, O_CLOEXEC) != 0) return no_child("pipe", errno);
  const rlim_t memory = address_space_in_use() + memory_limit;  // asked here: the child may open nothing
  const pid_t child = fork();
  if (child == 0) live_as_child(ends[1], memory, format, bytes);
  const int error = errno;
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return no_child("process", error);
  }
  const std::string answer = read_answer(ends[0], Clock::now() + wall_limit);
  close(ends[0]);
  kill(child, SIGKILL);
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return understood(answer);
}

}  // namespace plugvet
