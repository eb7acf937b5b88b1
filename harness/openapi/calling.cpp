#include "harness/openapi/calling.h"

#include <algorithm>

#include "harness/support/url.h"

namespace plugvet::openapi {

std::string call_address(const Operation& operation, const ApiDescription& api) {
  const std::string written = operation.servers.empty() ? "/" : operation.servers.front().address;
  const auto url = api.url ? api.url->resolve(written) : Url::parse(written);
  if (!url) return {};
  std::string address = url->origin() + url->path();
  while (address.ends_with('/')) address.pop_back();
  return address;
}

bool asks_for_authentication(const Operation& operation) {
  const auto is_open = [](const SecurityRequirement& one) { return one.schemes.empty(); };
  return !operation.security.empty() && std::ranges::none_of(operation.security, is_open);
}

bool speaks_of_security(const Description& description) {
  return !description.security.empty() || !description.security_schemes.empty() ||
         std::ranges::any_of(description.operations,
                             [](const Operation& operation) { return operation.has_own_security; });
}

}  // namespace plugvet::openapi
