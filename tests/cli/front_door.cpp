#include "tests/cli/front_door.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace plugvet::cli_tests {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    read_end = ends[0];
    write_end = ends[1];
  }
  void close_read() { close_one(read_end); }
  void close_write() { close_one(write_end); }
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

 private:
  static void close_one(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
};

[[noreturn]] void become(std::vector<std::string>& words, const Setting& setting, int in, int out, int err) {
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  for (const char* name :
       {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"})
    ::unsetenv(name);
  for (const auto& [name, value] : setting.environment) ::setenv(name.c_str(), value.c_str(), 1);
  if (::chdir(setting.folder.c_str()) != 0) ::_exit(126);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execvp(argv.front(), argv.data());
  ::_exit(127);
}

/// Reads what there is; false at the end.
bool drain(int descriptor, std::string& text) {
  char buffer[65536];
  const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
  if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
  return got > 0;
}

/// Reads both ends until the child has closed them, interrupts it when asked, kills it when it takes too long.
bool watch(pid_t child, Pipe& out, Pipe& err, Ended& ended, const Setting& setting) {
  const auto begin = Clock::now();
  bool interrupted = setting.interrupt_with == 0;
  pollfd ends[] = {{out.read_end, POLLIN, 0}, {err.read_end, POLLIN, 0}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    ::poll(ends, 2, 20);
    if (ends[0].revents && !drain(ends[0].fd, ended.out)) ends[0].fd = -1;
    if (ends[1].revents && !drain(ends[1].fd, ended.err)) ends[1].fd = -1;
    const auto took = Clock::now() - begin;
    if (!interrupted && took > setting.interrupt_after) {
      ::kill(child, setting.interrupt_with);
      interrupted = true;
    }
    if (took > setting.limit) return false;
  }
  return true;
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "plugvet-cli.XXXXXX").native();
  if (!::mkdtemp(name.data())) throw std::runtime_error{"no temporary folder"};
  path_ = name;
}

Folder::~Folder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

void Folder::write(std::string_view name, std::string_view content) const {
  const std::filesystem::path file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream{file, std::ios::binary} << content;
}

std::string Folder::read(std::string_view name) const {
  std::ifstream file{path_ / name, std::ios::binary};
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::size_t Ended::lines_of_err() const {
  return static_cast<std::size_t>(std::ranges::count(err, '\n'));
}

Ended run(std::vector<std::string> words, const Setting& setting) {
  Pipe in, out, err;
  const auto begin = Clock::now();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error{"no child process"};
  if (child == 0) become(words, setting, in.read_end, out.write_end, err.write_end);
  in.close_read();
  out.close_write();
  err.close_write();
  // Inputs of these tests fit into a pipe.
  if (!setting.input.empty() && ::write(in.write_end, setting.input.data(), setting.input.size()) < 0)
    throw std::runtime_error{"no input"};
  in.close_write();
  Ended ended;
  const bool in_time = watch(child, out, err, ended, setting);
  if (!in_time) ::kill(child, SIGKILL);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  ended.peak_kib = usage.ru_maxrss;
  for (const timeval& part : {usage.ru_utime, usage.ru_stime})
    ended.computed += std::chrono::milliseconds{part.tv_sec * 1'000 + part.tv_usec / 1'000};
  ended.status = !in_time ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ended.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return ended;
}

Ended run_plugvet(std::vector<std::string> words, const Setting& setting) {
  words.insert(words.begin(), PLUGVET_BINARY_DIR "/plugvet");
  return run(std::move(words), setting);
}

bool has_program(const std::string& name) {
  return run({"sh", "-c", "command -v " + name}).status == 0;
}

void skip_because(const std::string& reason) {
  std::fprintf(stderr, "skipped: %s\n", reason.c_str());
  std::ifstream words{"/proc/self/cmdline"};
  const std::string line{std::istreambuf_iterator<char>{words}, {}};
  if (line.find("--run_test=") != std::string::npos) std::exit(77);
}

Json json_of(const std::string& text) {
  return Json::parse(text);
}

}  // namespace plugvet::cli_tests
