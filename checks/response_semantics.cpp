#include "checks/response_semantics.h"

#include <nlohmann/json.hpp>

#include "checks/values.h"

namespace plugvet::checks {

void for_each_response_semantics(const std::vector<Function>& functions,
                                 const std::function<void(const ResponseSemantics&)>& visit) {
  for (const Function& function : functions) {
    const Json* capabilities = member_of(*function.value, "capabilities");
    const Json* value = capabilities ? member_of(*capabilities, "response_semantics") : nullptr;
    if (value && value->is_object()) visit({function, value, function.pointer + "/capabilities/response_semantics"});
  }
}

std::vector<ResponsePath> paths_of(const ResponseSemantics& semantics) {
  std::vector<ResponsePath> paths;
  if (const std::string* text = text_of(*semantics.value, "data_path"))
    paths.push_back({"data_path", text, semantics.pointer + "/data_path", false});
  const Json* properties = member_of(*semantics.value, "properties");
  for (const std::string_view name :
       {"title", "subtitle", "url", "thumbnail_url", "information_protection_label", "template_selector"})
    if (const std::string* text = properties ? text_of(*properties, name) : nullptr)
      paths.push_back({name, text, join_pointer(semantics.pointer + "/properties", name), true});
  return paths;
}

}  // namespace plugvet::checks
