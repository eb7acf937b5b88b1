#include "harness/process/call_filter.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace plugvet {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t architecture = 0;  // unknown: nothing is filtered
#endif

// What a computation needs of the system: memory, its answer, the clock, its own end.
constexpr long needed[] = {
    SYS_read,      SYS_write,         SYS_writev,       SYS_lseek,        SYS_close,          SYS_fstat,
    SYS_newfstatat, SYS_mmap,         SYS_munmap,       SYS_mremap,       SYS_mprotect,       SYS_madvise,
    SYS_brk,       SYS_exit,          SYS_exit_group,   SYS_futex,        SYS_rt_sigreturn,   SYS_rt_sigaction,
    SYS_rt_sigprocmask, SYS_sigaltstack, SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_getrandom,
    SYS_sched_yield, SYS_sched_getaffinity, SYS_getpid, SYS_gettid,       SYS_getrusage,      SYS_restart_syscall,
};

// What no parser ever does, and an intruder does first. It is not refused but ends the process.
constexpr long fatal[] = {
    SYS_socket,   SYS_socketpair, SYS_connect, SYS_accept,   SYS_accept4,      SYS_bind,          SYS_listen,
    SYS_sendto,   SYS_sendmsg,    SYS_execve,  SYS_execveat, SYS_clone,        SYS_clone3,        SYS_kill,
    SYS_tkill,    SYS_ptrace,     SYS_bpf,     SYS_openat2,  SYS_unlinkat,     SYS_renameat2,     SYS_linkat,
    SYS_mkdirat,  SYS_symlinkat,  SYS_mount,   SYS_keyctl,   SYS_memfd_create, SYS_io_uring_setup, SYS_perf_event_open,
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_open_by_handle_at,
#ifdef SYS_fork
    SYS_fork,     SYS_vfork,      SYS_creat,   SYS_unlink,   SYS_rename,       SYS_link,          SYS_mkdir,
#endif
};

constexpr std::uint32_t for_writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

/// The program of a filter: 32-bit loads and comparisons, each followed by what it decides, so that no jump is counted.
class Filter {
 public:
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
  void load_argument(std::size_t index) { load(offsetof(seccomp_data, args) + index * sizeof(std::uint64_t)); }
  void load_number() { load(offsetof(seccomp_data, nr)); }
  void answer(std::uint32_t action) { add(BPF_RET | BPF_K, action); }
  // The step after one of these is skipped where the condition does not hold; of if_equal, so many.
  void if_equal(std::uint32_t value, std::uint8_t steps = 1) { add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, steps); }
  void unless_equal(std::uint32_t value) { add(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0); }
  void if_any_bit(std::uint32_t bits) { add(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1); }
  void if_number(long number, std::uint32_t action) {
    if_equal(static_cast<std::uint32_t>(number));
    answer(action);
  }
  /// A file may not be opened for writing; to open it for reading fails.
  void if_opens(long number, std::size_t flags) {
    if_equal(static_cast<std::uint32_t>(number), 4);
    load_argument(flags);
    if_any_bit(for_writing);
    answer(SECCOMP_RET_KILL_PROCESS);
    answer(SECCOMP_RET_ERRNO | EACCES);
  }
  /// The one process that may be signalled is this one: abort() does that.
  void if_signals(long number, pid_t self) {
    if_equal(static_cast<std::uint32_t>(number), 4);
    load_argument(0);
    if_equal(static_cast<std::uint32_t>(self));
    answer(SECCOMP_RET_ALLOW);
    answer(SECCOMP_RET_KILL_PROCESS);
  }
  bool install() {
    const sock_fprog program{static_cast<unsigned short>(size_), steps_.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
  }

 private:
  void add(int code, std::uint32_t value, std::uint8_t if_true = 0, std::uint8_t if_false = 0) {
    steps_.at(size_++) = {static_cast<std::uint16_t>(code), if_true, if_false, value};
  }

  std::array<sock_filter, 256> steps_{};
  std::size_t size_ = 0;
};

}  // namespace

bool filter_system_calls() noexcept {
  if (architecture == 0) return false;
  Filter filter;
  filter.load(offsetof(seccomp_data, arch));
  filter.unless_equal(architecture);  // numbers mean something else on another one
  filter.answer(SECCOMP_RET_KILL_PROCESS);
  filter.load_number();
  for (const long number : needed) filter.if_number(number, SECCOMP_RET_ALLOW);
  for (const long number : fatal) filter.if_number(number, SECCOMP_RET_KILL_PROCESS);
  filter.if_signals(SYS_tgkill, getpid());
  filter.if_opens(SYS_openat, 2);
#ifdef SYS_open
  filter.if_opens(SYS_open, 1);
#endif
  filter.answer(SECCOMP_RET_ERRNO | EPERM);
  return filter.install();
}

}  // namespace plugvet
