#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "harness/process/child.h"

namespace plugvet {

/// What work in the sandbox may take.
struct SandboxLimits {
  std::size_t memory = 512u << 20;    ///< address space, beyond what is in use already
  std::chrono::seconds processor{2};  ///< time of the processor, which is what bounds it on a busy machine
  ChildLimits child{};
};

/// Takes hostile bytes apart in a child process, so that a defect of a parser costs one answer and nothing else. The
/// child may compute and hand over its answer: it opens no file, and where the system filters system calls, one that
/// opens a socket, opens a file for writing, starts a program or a process, or signals another process kills it.
///
/// Problems: sandbox.memory, sandbox.time, sandbox.call (what was killed by the filter), sandbox.crash,
/// sandbox.answer (too long); `what` goes on after "it": "took more than 2 s". child.none is the environment's.
Result<std::string> run_in_sandbox(const SandboxLimits& limits, const std::function<std::string()>& work);

/// Whether the system filters system calls (seccomp). Where it does not, the limits on resources remain.
bool system_calls_can_be_filtered();

}  // namespace plugvet
