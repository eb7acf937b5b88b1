#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "harness/cli/arguments.h"
#include "harness/engine/engine.h"
#include "harness/model/submission.h"

namespace plugvet::cli {

/// A file that is read, and as what: "the waivers".
struct Input {
  std::filesystem::path path;
  std::string what;
};

/// Whether both paths are one regular file, however they are spelled and whatever links lead there; also one that does
/// not exist yet.
bool is_same_file(const std::filesystem::path& a, const std::filesystem::path& b);

/// Something will be written to `path`, as `where` asks: the problem (Blame::user) when it would replace an input.
std::optional<Problem> why_input_is_lost(const std::filesystem::path& path, std::string_view where,
                                         std::span<const Input> inputs);

/// The files of a submission on disk that the plans read.
std::vector<Input> files_read_of(const Submission& submission, std::span<const Plan> plans);

/// Whether `path` is something that exists in the folder that a submission on disk is read from.
bool lies_within(const std::filesystem::path& path, const Submission& submission);

}  // namespace plugvet::cli
