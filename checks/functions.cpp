#include "checks/functions.h"

#include <nlohmann/json.hpp>
#include <unordered_map>

#include "checks/values.h"

namespace plugvet::checks {

bool is_served_by_one_api(const Manifest& manifest) {
  const Json* runtimes = manifest.document.find("/runtimes");
  if (!runtimes || !runtimes->is_array() || runtimes->size() != 1) return false;
  const std::string* type = manifest.text("/runtimes/0/type");
  return type && *type == "OpenApi";
}

std::vector<Function> functions_of(const Manifest& manifest) {
  std::vector<Function> functions;
  const Json* list = manifest.document.find("/functions");
  for (std::size_t i = 0; list && list->is_array() && i < list->size(); ++i)
    if ((*list)[i].is_object())
      functions.push_back({&(*list)[i], join_pointer("/functions", i), text_of((*list)[i], "name"), nullptr});
  return functions;
}

std::vector<Function> functions_of(const Manifest& manifest, const ApiDescription& api) {
  std::vector<Function> functions = functions_of(manifest);
  if (!is_served_by_one_api(manifest)) return functions;
  std::unordered_map<std::string_view, const openapi::Operation*> operations;
  for (const openapi::Operation& operation : api.description->operations)
    if (!operation.id.empty()) operations.emplace(operation.id, &operation);
  for (Function& function : functions) {
    const auto found = function.name ? operations.find(*function.name) : operations.end();
    if (found != operations.end()) function.operation = found->second;
  }
  return functions;
}

std::string spoken(const Function& function) {
  return function.name ? "The function " + printable(shortened(*function.name, 60)) : spoken(function.pointer);
}

}  // namespace plugvet::checks
