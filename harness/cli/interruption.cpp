#include "harness/cli/interruption.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace plugvet::cli {
namespace {

std::atomic<int> noted{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may not lock");

extern "C" void note(int number) {
  int none = 0;
  if (!noted.compare_exchange_strong(none, number)) ::_exit(128 + number);
}

}  // namespace

void watch_for_interruption() {
  struct sigaction action {};
  action.sa_handler = note;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

int interruption() {
  return noted;
}

}  // namespace plugvet::cli
