#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "checks/functions.h"

namespace plugvet::checks {

/// How the answer of a Microsoft 365 function is shown: the member response_semantics of its capabilities.
struct ResponseSemantics {
  const Function& function;
  const Json* value = nullptr;  ///< an object
  std::string pointer;
};
void for_each_response_semantics(const std::vector<Function>& functions,
                                 const std::function<void(const ResponseSemantics&)>& visit);

/// A JSONPath query in response semantics.
struct ResponsePath {
  std::string_view name;  ///< "data_path", "properties.title"
  const std::string* text = nullptr;
  std::string pointer;
  bool is_of_item = false;  ///< it begins at what data_path finds, not at the answer
};
/// Those that are there, data_path first.
std::vector<ResponsePath> paths_of(const ResponseSemantics& semantics);

}  // namespace plugvet::checks
