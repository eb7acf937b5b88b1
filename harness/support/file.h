#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "harness/support/result.h"

namespace plugvet {

/// Reads a regular file of at most `limit` bytes. Never blocks (FIFO, device) and follows no symbolic link in the last
/// component unless `follow_links`: files that the user named may be links, files found in a submission may not.
/// Problems: file.missing, file.not_regular, file.link, file.too_large, file.unreadable.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit, bool follow_links = true);

/// A pipe, a device, a folder: something is there, and it is no regular file.
bool is_stream(const std::filesystem::path& path);

/// Reads `relative` beneath `folder`; no component may be a link, and nothing outside the folder is ever opened
/// (openat2 with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS). Also: file.outside.
Result<std::string> read_file_beneath(const std::filesystem::path& folder, const std::string& relative,
                                      std::size_t limit);

/// Writes through a temporary file and a rename, so that a reader sees the old content or the new, never half.
/// A link stays a link. Pipes, devices and /dev/stdout are written to directly. The problem names the path and the
/// reason: file.unwritable. A file of the owner alone keeps others from reading what is in it.
enum class Readers : unsigned char { everybody, owner };
Result<std::size_t> write_file(const std::filesystem::path& path, std::string_view content,
                               Readers readers = Readers::everybody);

}  // namespace plugvet
