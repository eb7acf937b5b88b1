#pragma once

namespace plugvet {

/// From here on this process computes and writes what it has found out: sockets, programs, processes, signals to others
/// and files opened for writing kill it; every other system call that takes no part in that fails. False: the system
/// has no such filter, and nothing has changed.
bool filter_system_calls() noexcept;

}  // namespace plugvet
