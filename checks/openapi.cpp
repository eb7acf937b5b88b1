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

Finding finding_of(const ApiDescription& api, const openapi::StructureFault& fault) {
  const Location where = fault.is_at_name ? api.at_name(fault.place) : api.at(fault.place);
  return {where, fault.message, fault.expected, fault.actual, {}};
}

std::string said_by_platform(const Parameters& limits) {
  if (!limits.contains("platform_message")) return {};
  return fmt::format(" The platform says \"{}\".", limits.text("platform_message"));
}

bool describes_refusal(const openapi::Operation& operation) {
  return std::ranges::any_of(operation.responses, [](const openapi::Response& response) {
    return response.status.starts_with('4') || response.status == "default";
  });
}

std::string spoken(const openapi::Operation& operation) {
  std::string method{operation.method};
  std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  std::string name = fmt::format("{} {}", method, printable(shortened(operation.path, 100)));
  if (!operation.id.empty()) name += fmt::format(" ({})", printable(shortened(operation.id, 60)));
  return name;
}

}  // namespace plugvet::checks
