#pragma once
#include <functional>
#include <span>

#include "harness/openapi/description.h"

namespace plugvet::checks {

/// Each list of servers of a description once: the document's, then those of paths and operations.
void for_each_server_list(const openapi::Description& description,
                          const std::function<void(std::span<const openapi::Server>)>& visit);

}  // namespace plugvet::checks
