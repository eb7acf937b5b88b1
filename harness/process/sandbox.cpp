#include "harness/process/sandbox.h"

#include <fmt/format.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <new>
#include <string_view>

#include "harness/process/call_filter.h"

namespace plugvet {

namespace {

// The first byte of what the child writes.
constexpr char whole = '+', out_of_memory = 'm';

// Sanitizers reserve terabytes of address space, so a limit on it would stop every child.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
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

void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written <= 0) _exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// In the child: noexcept, because nothing may unwind into the parent's code.
void work_in_child(rlim_t memory, rlim_t processor, const std::function<std::string()>& work) noexcept {
  limit(RLIMIT_CPU, processor);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 0);  // what is open stays open, nothing new can be opened
  if (!is_sanitized) limit(RLIMIT_AS, memory);
  if (!is_sanitized) filter_system_calls();  // where there is no filter, the limits remain
  try {
    write_all(whole + work());
  } catch (const std::bad_alloc&) {
    write_all({&out_of_memory, 1});
  }
}

Problem sandbox_problem(std::string id, std::string what) {
  Problem problem;
  problem.rung = Rung::syntax;
  problem.id = std::move(id);
  problem.what = std::move(what);
  return problem;
}

Problem why_ended(const ChildEnd& end, const SandboxLimits& limits) {
  if (end.how == ChildEnd::How::too_much_output) return sandbox_problem("sandbox.answer", "gave an endless answer");
  if (end.how == ChildEnd::How::out_of_time || (end.how == ChildEnd::How::signalled && end.status == SIGXCPU) ||
      (end.how == ChildEnd::How::signalled && end.status == SIGKILL))
    return sandbox_problem("sandbox.time", fmt::format("took more than {} s", limits.processor.count()));
  if (end.output.starts_with(out_of_memory))
    return sandbox_problem("sandbox.memory", fmt::format("took more than {} MiB", limits.memory >> 20));
  if (end.how == ChildEnd::How::signalled && end.status == SIGSYS)
    return sandbox_problem("sandbox.call", "made it do what no parser does (a forbidden system call)");
  return sandbox_problem("sandbox.crash", "crashed the parser");
}

}  // namespace

Result<std::string> run_in_sandbox(const SandboxLimits& limits, const std::function<std::string()>& work) {
  const rlim_t memory = address_space_in_use() + limits.memory;  // asked here: the child may open nothing
  const auto processor = static_cast<rlim_t>(limits.processor.count());
  auto end = run_in_child({}, limits.child, [&] { work_in_child(memory, processor, work); });
  if (!end) return *end.problem();
  const bool has_ended_well = end->how == ChildEnd::How::exited && end->status == 0;
  if (!has_ended_well || !end->output.starts_with(whole)) return why_ended(*end, limits);
  end->output.erase(0, 1);
  return std::move(end->output);
}

bool system_calls_can_be_filtered() {
  const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

}  // namespace plugvet
