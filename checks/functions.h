#pragma once
#include <string>
#include <vector>

#include "harness/model/check.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {

/// A function of a Microsoft 365 manifest, and the operation that it calls.
struct Function {
  const Json* value = nullptr;  ///< an object
  std::string pointer;
  const std::string* name = nullptr;                ///< null: missing, m365/required-members' finding
  const openapi::Operation* operation = nullptr;    ///< null: there is none, or it cannot be told
};

/// The functions that the manifest declares.
std::vector<Function> functions_of(const Manifest& manifest);
/// The same with their operations, which are known where one OpenAPI document serves them all.
std::vector<Function> functions_of(const Manifest& manifest, const ApiDescription& api);

/// The manifest's only runtime is one that calls an OpenAPI document.
bool is_served_by_one_api(const Manifest& manifest);

/// "The function addTodo"
std::string spoken(const Function& function);

}  // namespace plugvet::checks
