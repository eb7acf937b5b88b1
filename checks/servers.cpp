#include "checks/servers.h"

namespace plugvet::checks {

void for_each_server_list(const openapi::Description& description,
                          const std::function<void(std::span<const openapi::Server>)>& visit) {
  visit(description.servers);
  for (const auto& list : description.server_lists) visit(*list);
}

}  // namespace plugvet::checks
