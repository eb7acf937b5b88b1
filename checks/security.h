#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/openapi/description.h"

namespace plugvet::checks {

/// The security schemes of a document by their names.
class SecuritySchemes {
 public:
  explicit SecuritySchemes(const openapi::Description& description);
  /// Null when there is none of that name.
  const openapi::SecurityScheme* find(std::string_view name) const;

 private:
  std::unordered_map<std::string_view, const openapi::SecurityScheme*> by_name_;
};

/// Every security requirement as it is written: the document's, then those of operations.
void for_each_requirement(const openapi::Description& description,
                          const std::function<void(const openapi::SecurityRequirement&)>& visit);

/// A list of security requirements that is in effect, and the first operation that it is in effect for.
struct SecurityInEffect {
  std::span<const openapi::SecurityRequirement> requirements;
  const openapi::Operation* operation = nullptr;
};

/// Every list once, however many operations share it; those that need no credentials are left out, and those that name
/// a scheme that is not declared (api/security-names) or cannot be read (api/references).
std::vector<SecurityInEffect> security_in_effect(const openapi::Description& description,
                                                 const SecuritySchemes& schemes);

/// Where a list stands: at its name.
openapi::Node security_list_of(const openapi::Description& description, const SecurityInEffect& security);

}  // namespace plugvet::checks
