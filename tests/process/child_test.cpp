#include "harness/process/child.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace plugvet;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

Program shell(std::string script) {
  return {"/bin/sh", {"-c", std::move(script)}, "/"};
}

ChildEnd end_of(std::string script, std::string_view input = {}, const ChildLimits& limits = {}) {
  const auto end = run_program(shell(std::move(script)), input, limits);
  BOOST_REQUIRE_MESSAGE(end, (end ? "" : end.problem()->what));
  return *end;
}

bool is_alive(const std::string& id) {
  return kill(static_cast<pid_t>(std::stol(id)), 0) == 0;
}

/// A killed process is gone once its new parent has reaped it.
bool dies(const std::string& id) {
  for (int i = 0; i < 200 && is_alive(id); ++i) {
    std::ifstream status{"/proc/" + id + "/stat"};
    std::string number, name, state;
    status >> number >> name >> state;
    if (state == "Z") return true;
    std::this_thread::sleep_for(10ms);
  }
  return !is_alive(id);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_program_reads_its_input_and_its_words_and_status_come_back) {
  const ChildEnd end = end_of("cat; echo careful >&2; exit 3", "what is to be judged");
  BOOST_CHECK(end.how == ChildEnd::How::exited);
  BOOST_TEST(end.status == 3);
  BOOST_TEST(end.output == "what is to be judged");
  BOOST_TEST(end.errors == "careful\n");
}

BOOST_AUTO_TEST_CASE(an_input_larger_than_any_pipe_is_handed_over_even_when_nobody_reads_it) {
  const std::string large(8u << 20, 'x');
  BOOST_TEST(end_of("wc -c", large).output == "8388608\n");
  BOOST_TEST(end_of("exec true", large).status == 0);
}

BOOST_AUTO_TEST_CASE(a_program_that_takes_too_long_is_killed_with_all_that_it_started) {
  const auto begin = std::chrono::steady_clock::now();
  const ChildEnd end = end_of("sleep 60 & echo $!; sleep 60", {}, {.time = 300ms});
  BOOST_CHECK(end.how == ChildEnd::How::out_of_time);
  BOOST_CHECK(std::chrono::steady_clock::now() - begin < 5s);
  BOOST_TEST(dies(end.output.substr(0, end.output.size() - 1)));
}

BOOST_AUTO_TEST_CASE(a_program_that_ends_does_not_leave_others_behind_and_is_not_waited_for_by_them) {
  const auto begin = std::chrono::steady_clock::now();
  const ChildEnd end = end_of("sleep 60 & echo $!");
  BOOST_CHECK(end.how == ChildEnd::How::exited);
  BOOST_TEST(end.status == 0);
  BOOST_CHECK(std::chrono::steady_clock::now() - begin < 5s);
  BOOST_TEST(dies(end.output.substr(0, end.output.size() - 1)));
}

BOOST_AUTO_TEST_CASE(a_program_that_closes_its_output_is_waited_for) {
  const ChildEnd end = end_of("exec >&- 2>&-; sleep 0.3; exit 4");
  BOOST_CHECK(end.how == ChildEnd::How::exited);
  BOOST_TEST(end.status == 4);
}

BOOST_AUTO_TEST_CASE(a_flood_of_output_ends_the_program) {
  const ChildEnd end = end_of("yes", {}, {.output = 1000});
  BOOST_CHECK(end.how == ChildEnd::How::too_much_output);
  BOOST_CHECK(end_of("head -c 1001 /dev/zero", {}, {.output = 1000}).how == ChildEnd::How::too_much_output);
  BOOST_CHECK(end_of("head -c 1000 /dev/zero", {}, {.output = 1000}).how == ChildEnd::How::exited);
}

BOOST_AUTO_TEST_CASE(of_standard_error_the_end_is_kept) {
  const ChildEnd end = end_of("yes | head -c 1000000 >&2; echo the end >&2");
  BOOST_TEST(end.errors.size() == 2048u);
  BOOST_TEST(end.errors.ends_with("the end\n"));
}

BOOST_AUTO_TEST_CASE(a_signal_is_told_from_an_exit) {
  const ChildEnd end = end_of("kill -SEGV $$");
  BOOST_CHECK(end.how == ChildEnd::How::signalled);
  BOOST_TEST(end.status == SIGSEGV);
}

BOOST_AUTO_TEST_CASE(the_environment_holds_no_secret) {
  setenv("PLUGVET_TEST_TOKEN", "hunter2hunter2", 1);
  setenv("LC_TIME", "C", 1);
  const ChildEnd end = end_of("env");
  BOOST_TEST(end.output.find("hunter2") == std::string::npos);
  BOOST_TEST(end.output.find("PATH=") != std::string::npos);
  BOOST_TEST(end.output.find("LC_TIME=C") != std::string::npos);
  unsetenv("PLUGVET_TEST_TOKEN");
}

BOOST_AUTO_TEST_CASE(no_open_file_is_inherited) {
  const int leaked = open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as a careless library opens it
  BOOST_REQUIRE(leaked >= 0);
  BOOST_TEST(end_of("ls /proc/self/fd").output == "0\n1\n2\n3\n");  // 3: the folder that ls reads
  close(leaked);
}

BOOST_AUTO_TEST_CASE(signals_are_as_a_program_expects_them) {
  const auto before = signal(SIGPIPE, SIG_IGN);
  const ChildEnd end = end_of("grep SigIgn /proc/self/status; grep SigBlk /proc/self/status");
  signal(SIGPIPE, before);
  BOOST_TEST(end.output.find("SigBlk:\t0000000000000000") != std::string::npos, end.output);
  const std::string ignored = end.output.substr(8, 16);
  BOOST_TEST((std::stoull(ignored, nullptr, 16) >> (SIGPIPE - 1) & 1) == 0u);
}

BOOST_AUTO_TEST_CASE(a_program_runs_in_its_folder_and_no_shell_reads_its_words) {
  const auto end = run_program({"/bin/echo", {"$HOME;", "*", "a b"}, "/usr"}, {}, {});
  BOOST_REQUIRE(end);
  BOOST_TEST(end->output == "$HOME; * a b\n");
  BOOST_TEST(run_program({"/bin/pwd", {}, "/usr"}, {}, {})->output == "/usr\n");
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_be_started_says_why) {
  const auto end = run_program({"/nowhere/at/all", {}, "/"}, {}, {});
  BOOST_REQUIRE(end);
  BOOST_TEST(end->status == 127);
  BOOST_TEST(end->errors == "it cannot be started: No such file or directory");
}

BOOST_AUTO_TEST_CASE(several_children_at_once_do_not_hold_one_another) {
  std::vector<std::thread> threads;
  std::vector<std::string> answers(8);
  for (std::string& answer : answers)
    threads.emplace_back([&answer] {
      for (int i = 0; i < 10; ++i) answer += run_program(shell("cat"), "x", {})->output;
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) BOOST_TEST(answer == "xxxxxxxxxx");
}

BOOST_AUTO_TEST_CASE(a_child_without_a_program_runs_a_task) {
  const auto end = run_in_child("in", {}, [] {
    char buffer[8];
    const ssize_t count = read(0, buffer, sizeof buffer);
    [[maybe_unused]] const ssize_t written = write(1, buffer, static_cast<std::size_t>(count));
  });
  BOOST_REQUIRE(end);
  BOOST_TEST(end->output == "in");
  BOOST_TEST(end->status == 0);
}
