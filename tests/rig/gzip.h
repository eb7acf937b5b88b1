#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace plugvet::rig {

/// A gzip file that holds the bytes as they are (stored blocks): valid, though no smaller.
std::string gzip(std::string_view bytes);

/// A gzip file of about size / 1000 bytes that becomes `size` zeros (rounded up to a multiple of 258, after the first).
std::string gzip_bomb(std::size_t size);

}  // namespace plugvet::rig
