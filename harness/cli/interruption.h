#pragma once

namespace plugvet::cli {

/// From now on the first SIGINT or SIGTERM is noted and the second ends the program at once.
void watch_for_interruption();

/// The signal that was noted; 0: none.
int interruption();

}  // namespace plugvet::cli
