#include "harness/process/sandbox.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "harness/process/message.h"

using namespace plugvet;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

std::string fate(const std::function<std::string()>& work, const SandboxLimits& limits = {}) {
  const auto answer = run_in_sandbox(limits, work);
  return answer ? *answer : answer.problem()->id;
}

/// What ends a process that the filter judges; without a filter, nothing is tested.
boost::test_tools::assertion_result filtered(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result can{system_calls_can_be_filtered() && !is_sanitized};
  can.message() << "this system does not filter system calls";
  return can;
}

std::string after(long result) {
  return result < 0 ? "refused" : "allowed";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sandbox)

BOOST_AUTO_TEST_CASE(work_hands_over_its_answer_whatever_bytes_it_has) {
  const std::string bytes{"\0\xFF\n+m", 5};
  BOOST_TEST(fate([&] { return bytes; }) == bytes);
  BOOST_TEST(fate([] { return std::string{}; }) == "");
  const std::string large(900'000, 'x');
  BOOST_CHECK(fate([&] { return large; }) == large);
}

BOOST_AUTO_TEST_CASE(work_that_crashes_is_a_problem_that_says_so) {
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
    BOOST_TEST(fate([=] { return after(raise(number)); }) == "sandbox.crash");
  BOOST_TEST(fate([]() -> std::string { std::abort(); }) == "sandbox.crash");
  BOOST_TEST(fate([]() -> std::string { _exit(3); }) == "sandbox.crash");
  BOOST_TEST(fate([]() -> std::string { _exit(0); }) == "sandbox.crash");
  BOOST_TEST(fate([]() -> std::string { throw std::runtime_error{"no parser throws this"}; }) == "sandbox.crash");
}

BOOST_AUTO_TEST_CASE(an_endless_computation_is_ended_by_its_processor_time) {
  const auto begin = std::chrono::steady_clock::now();
  const auto turn = []() -> std::string {
    volatile bool goes_on = true;
    while (goes_on) {
    }
    return {};
  };
  const auto answer = run_in_sandbox({.processor = std::chrono::seconds{1}}, turn);
  BOOST_REQUIRE(!answer);
  BOOST_TEST(answer.problem()->id == "sandbox.time");
  BOOST_TEST(answer.problem()->what == "took more than 1 s");
  BOOST_CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{8});
}

BOOST_AUTO_TEST_CASE(memory_beyond_the_limit_is_not_to_be_had, *boost::unit_test::precondition(filtered)) {
  const auto take = [](std::size_t mebibytes) {
    return [=] {
      std::vector<char> memory(mebibytes << 20, 'x');
      return std::string{memory.back()};
    };
  };
  BOOST_TEST(fate(take(300), {.memory = 64u << 20}) == "sandbox.memory");
  BOOST_TEST(fate(take(10), {.memory = 64u << 20}) == "x");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_too_long_is_none) {
  BOOST_TEST(fate([] { return std::string(2000, 'x'); }, {.child = {.output = 1000}}) == "sandbox.answer");
}

BOOST_AUTO_TEST_CASE(a_socket_ends_it, *boost::unit_test::precondition(filtered)) {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK})
    BOOST_TEST(fate([=] { return after(socket(family, SOCK_STREAM, 0)); }) == "sandbox.call");
  BOOST_TEST(fate([] {
               int ends[2];
               return after(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
             }) == "sandbox.call");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_opened_for_writing_ends_it, *boost::unit_test::precondition(filtered)) {
  const std::string path = std::filesystem::temp_directory_path() / "plugvet-sandbox-test";
  for (const int flags : {O_WRONLY, O_RDWR, O_WRONLY | O_CREAT, O_RDONLY | O_CREAT, O_RDONLY | O_TRUNC})
    BOOST_TEST(fate([&] { return after(open(path.c_str(), flags, 0600)); }) == "sandbox.call");
  BOOST_TEST(fate([&] { return after(creat(path.c_str(), 0600)); }) == "sandbox.call");
  BOOST_TEST(fate([&] { return after(unlink(path.c_str())); }) == "sandbox.call");
  BOOST_CHECK(!std::filesystem::exists(path));
}

BOOST_AUTO_TEST_CASE(programs_processes_and_signals_to_others_end_it, *boost::unit_test::precondition(filtered)) {
  const pid_t parent = getpid();
  BOOST_TEST(fate([] {
               char* const words[] = {nullptr};
               return after(execve("/bin/true", words, words));
             }) == "sandbox.call");
  BOOST_TEST(fate([] { return after(fork()); }) == "sandbox.call");
  BOOST_TEST(fate([=] { return after(kill(parent, 0)); }) == "sandbox.call");
}

BOOST_AUTO_TEST_CASE(nothing_can_be_read_that_was_not_handed_over) {
  BOOST_TEST(fate([] { return after(open("/etc/passwd", O_RDONLY)); }) == "refused");
  BOOST_TEST(fate([] { return after(open("/proc/self/environ", O_RDONLY)); }) == "refused");
  BOOST_TEST(fate([] { return after(dup(0)); }) == "refused");
}

BOOST_AUTO_TEST_CASE(calls_that_are_neither_needed_nor_fatal_fail, *boost::unit_test::precondition(filtered)) {
  BOOST_TEST(fate([] { return after(chdir("/")); }) == "refused");
  BOOST_TEST(fate([] { return after(setuid(0)); }) == "refused");
}

BOOST_AUTO_TEST_CASE(a_message_is_read_as_it_was_written_and_never_beyond_its_end) {
  const std::string bytes = MessageWriter{}.number(7).text("two\0words").number(1).text("").take();
  MessageReader reader{bytes};
  BOOST_TEST(reader.number() == 7u);
  BOOST_TEST(reader.text() == "two");
  BOOST_TEST(reader.flag());
  BOOST_TEST(!reader.is_whole());
  BOOST_TEST(reader.text() == "");
  BOOST_TEST(reader.is_whole());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    MessageReader cut{std::string_view{bytes}.substr(0, size)};
    cut.number(), cut.text(), cut.flag(), cut.text();
    BOOST_TEST(!cut.is_whole());
  }
  const std::string huge = MessageWriter{}.number(~std::uint64_t{0}).take();
  MessageReader liar{huge};
  BOOST_TEST(liar.text() == "");
  BOOST_TEST(!liar.is_whole());
}

BOOST_AUTO_TEST_SUITE_END()
