#pragma once
#include "harness/model/evidence.h"

namespace plugvet {

/// How the submission says that its callers prove who they are: the manifest, or without one the API description.
/// The problem: what would say it cannot be read.
Result<AuthDeclaration> auth_declaration(const Evidence& evidence);

}  // namespace plugvet
