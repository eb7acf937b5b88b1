#pragma once
#include <string>

namespace plugvet::rig {

/// 211 bytes of brotli that become 256 MiB of zeros.
std::string brotli_bomb();

}  // namespace plugvet::rig
