#pragma once
#include "harness/openapi/description.h"

namespace plugvet::openapi {

/// Finds every reference of a document of version 3 and what it leads to, reading other files where it may.
void follow_references(Description& description, std::string_view name, const ReadFile& read_file,
                       std::vector<ApiFile>* files);

}  // namespace plugvet::openapi
