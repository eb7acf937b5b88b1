#pragma once
#include "harness/openapi/description.h"

namespace plugvet::openapi {

/// Reads a document of version 3 by its grammar, with all that it refers to: fills faults, references, siblings, cycles
/// and targets of `description`.
void read_all(Description& description, std::string_view name, const ReadFile& read_file, std::vector<ApiFile>* files);

/// The number of a target in `Description::targets`, or `none`.
using Target = std::uint32_t;
constexpr Target no_target = 0xFFFFFFFF;

/// Which target's value contains which references: `edges[a]` are those that a's value refers to, or contains.
using TargetGraph = std::vector<std::vector<Target>>;

/// Groups of targets that lead to each other, as one circle each: the shortest through the group's first member.
std::vector<std::vector<Target>> circles_in(const TargetGraph& graph);

}  // namespace plugvet::openapi
