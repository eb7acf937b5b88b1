#include "harness/openapi/description.h"

#include <nlohmann/json.hpp>

namespace plugvet::openapi {

Node member(const Node& node, std::string_view name) {
  const Json* value = node ? member_of(*node.value, name) : nullptr;
  if (!value) return {};
  return {value, {node.place.file, join_pointer(node.place.pointer, name)}};
}

Node item(const Node& node, std::size_t index) {
  if (!node || !node.value->is_array() || index >= node.value->size()) return {};
  return {&(*node.value)[index], {node.place.file, join_pointer(node.place.pointer, index)}};
}

}  // namespace plugvet::openapi
