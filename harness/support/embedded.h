#pragma once
#include <string_view>

namespace plugvet {

/// A file of the source tree that is built into the program (cmake/Embed.cmake).
struct EmbeddedFile {
  std::string_view path;     ///< relative to the folder it was embedded from
  std::string_view content;  ///< followed by a NUL byte
};

}  // namespace plugvet
