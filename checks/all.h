#pragma once
#include <span>

#include "harness/model/check.h"
#include "harness/support/embedded.h"

namespace plugvet {

/// The profiles of checks/profiles/*.yaml, built in.
std::span<const EmbeddedFile> shipped_profiles();

namespace checks {

/// Every check, by id. The table is generated from the files of this folder.
std::span<const Check* const> all();

}  // namespace checks
}  // namespace plugvet
