#include "checks/openapi.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet::checks {

std::string why_not_openapi_3(const ApiDescription& api) {
  if (api.description->is_openapi_3()) return {};
  const bool is_swagger = api.description->version == openapi::Version::swagger_2;
  return fmt::format("This concerns OpenAPI 3; the document is {} (see api/version).",
                     is_swagger ? "Swagger 2.0" : "something else");
}

std::string spoken(const openapi::Operation& operation) {
  std::string method{operation.method};
  std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  std::string name = fmt::format("{} {}", method, printable(shortened(operation.path, 100)));
  if (!operation.id.empty()) name += fmt::format(" ({})", printable(shortened(operation.id, 60)));
  return name;
}

}  // namespace plugvet::checks
