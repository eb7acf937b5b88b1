#include "harness/process/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace plugvet {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kept_errors = 2048;
constexpr int most_late_reads = 64;  // of what was written before the end; somebody who fled the group may go on
constexpr milliseconds tick{20};  // how often a child is asked whether it has ended, where the system does not say so

/// An open file, closed at the end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_{number} {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset();
    number_ = std::exchange(other.number_, -1);
    return *this;
  }
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void reset() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

/// Above standard input, output and error, which may be closed: the child's own must not fall onto each other.
Descriptor above_standard(int number) {
  const Descriptor low{number};
  return Descriptor{number < 0 ? -1 : fcntl(number, F_DUPFD_CLOEXEC, 3)};
}

struct Pipe {
  Descriptor in, out;
};

Pipe open_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  return {above_standard(ends[0]), above_standard(ends[1])};
}

Descriptor file_in_memory(std::string_view content) {
  Descriptor file = above_standard(memfd_create("plugvet", MFD_CLOEXEC));
  while (file.is_open() && !content.empty()) {
    const ssize_t written = write(file.get(), content.data(), content.size());
    if (written <= 0) return Descriptor{};
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (file.is_open()) lseek(file.get(), 0, SEEK_SET);
  return file;
}

Problem no_child(std::string_view part) {
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "child.none";
  problem.what = "The system gives no " + std::string{part} + " for a child process: " + strerrordesc_np(errno) + ".";
  problem.blame = Blame::environment;
  return problem;
}

/// Only this thread lives on in the child. noexcept: nothing may unwind into the parent's code.
[[noreturn]] void live_as_child(int in, int out, int err, const std::function<void()>& task) noexcept {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);
  if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) _exit(127);
  // Sockets, recordings and the pipes of other children are none of its business.
  close_range(3, ~0u, 0);
  // A handler of this program (a crash reporter, a test framework) must not bring the child back to life.
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU, SIGPIPE, SIGINT, SIGTERM, SIGHUP})
    signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  task();
  _exit(0);
}

/// A child that runs. It is killed, with its group, and waited for at the end.
class Child {
 public:
  Child(pid_t id, Descriptor out, Descriptor err)
      : id_{id}, end_{static_cast<int>(syscall(SYS_pidfd_open, id, 0))}, out_{std::move(out)}, err_{std::move(err)} {
    setpgid(id_, id_);  // the child says so too: whoever comes first
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (!is_reaped_) reap();
  }

  ChildEnd watch(const ChildLimits& limits) {
    const auto deadline = Clock::now() + limits.time;
    ChildEnd end;
    while (!has_ended()) {
      const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
      if (left.count() <= 0) end.how = ChildEnd::How::out_of_time;
      if (end.output.size() > limits.output) end.how = ChildEnd::How::too_much_output;
      if (end.how != ChildEnd::How::exited) break;
      // At the end of both, nothing is left to do but to wait for the child itself.
      const bool is_told = end_.is_open() || out_.is_open() || err_.is_open();
      wait_for_words(is_told ? std::min(left, 5 * tick) : std::min(left, tick), end);
    }
    kill_group();
    // What was written before the end is still in the pipes.
    for (int i = 0; i < most_late_reads && end.output.size() <= limits.output; ++i)
      if (!wait_for_words(milliseconds{0}, end)) break;
    if (end.output.size() > limits.output) end.how = ChildEnd::How::too_much_output;
    const int status = reap();
    if (end.how != ChildEnd::How::exited) return end;
    end.how = WIFEXITED(status) ? ChildEnd::How::exited : ChildEnd::How::signalled;
    end.status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return end;
  }

 private:
  /// Without reaping it: its process group keeps its name until then.
  bool has_ended() const {
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == id_;
  }

  void kill_group() const { kill(-id_, SIGKILL); }

  int reap() {
    kill_group();
    kill(id_, SIGKILL);
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    is_reaped_ = true;
    return status;
  }

  /// False: nothing was written.
  bool wait_for_words(milliseconds time, ChildEnd& end) {
    std::array<pollfd, 3> ends{pollfd{out_.get(), POLLIN, 0}, pollfd{err_.get(), POLLIN, 0},
                               pollfd{end_.get(), POLLIN, 0}};
    if (poll(ends.data(), ends.size(), static_cast<int>(time.count())) <= 0) return false;
    if (ends[0].revents) listen(out_, end.output);
    if (ends[1].revents) {
      listen(err_, end.errors);
      if (end.errors.size() > kept_errors) end.errors.erase(0, end.errors.size() - kept_errors);
    }
    return ends[0].revents || ends[1].revents;
  }

  static void listen(Descriptor& end, std::string& text) {
    char buffer[16384];
    const ssize_t count = read(end.get(), buffer, sizeof buffer);
    if (count > 0)
      text.append(buffer, static_cast<std::size_t>(count));
    else if (count == 0 || errno != EINTR)
      end.reset();
  }

  pid_t id_;
  Descriptor end_;  ///< ready when the child has ended; not open: an old system cannot tell
  Descriptor out_, err_;
  bool is_reaped_ = false;
};

/// Arguments or environment as execve wants them. The texts live as long as this.
class Words {
 public:
  explicit Words(std::vector<std::string> words) : words_{std::move(words)} {
    for (std::string& word : words_) pointers_.push_back(word.data());
    pointers_.push_back(nullptr);
  }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  char* const* get() const { return pointers_.data(); }

 private:
  std::vector<std::string> words_;
  std::vector<char*> pointers_;
};

bool may_be_inherited(std::string_view variable) {
  static constexpr std::string_view names[] = {"PATH", "HOME", "TMPDIR", "TZ", "LANG"};
  const std::string_view name = variable.substr(0, variable.find('='));
  return name.starts_with("LC_") || std::ranges::find(names, name) != std::end(names);
}

std::vector<std::string> reduced_environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; variable && *variable; ++variable)
    if (may_be_inherited(*variable)) variables.emplace_back(*variable);
  return variables;
}

void say(const char* text) {
  [[maybe_unused]] const ssize_t written = write(2, text, std::strlen(text));
}

}  // namespace

Result<ChildEnd> run_in_child(std::string_view input, const ChildLimits& limits, const std::function<void()>& task) {
  const Descriptor in = file_in_memory(input);
  if (!in.is_open()) return no_child("memory");
  Pipe out = open_pipe(), err = open_pipe();
  if (!out.out.is_open() || !err.out.is_open()) return no_child("pipe");
  const pid_t id = fork();
  if (id == 0) live_as_child(in.get(), out.out.get(), err.out.get(), task);
  if (id < 0) return no_child("process");
  out.out.reset();
  err.out.reset();
  return Child{id, std::move(out.in), std::move(err.in)}.watch(limits);
}

Result<ChildEnd> run_program(const Program& program, std::string_view input, const ChildLimits& limits) {
  std::vector<std::string> words{program.file.native()};
  words.insert(words.end(), program.arguments.begin(), program.arguments.end());
  const Words arguments{std::move(words)}, environment{reduced_environment()};
  const char* folder = program.folder.c_str();
  return run_in_child(input, limits, [&] {
    // Between fork and exec: only what is safe in a signal handler.
    if (chdir(folder) == 0) execve(arguments.get()[0], arguments.get(), environment.get());
    say("it cannot be started: ");
    say(strerrordesc_np(errno));
    _exit(127);
  });
}

}  // namespace plugvet
