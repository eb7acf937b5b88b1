// YAML: reading ends, and what was read has its place in the text. What is JSON too is the same value in both, and what is
// usual is read as yaml-cpp reads it.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "harness/support/document.h"
#include "tests/support/yaml_readers.h"

using namespace plugvet;

namespace {

void walk(const Document& document, const Json& value, const std::string& pointer, int& left) {
  if (--left < 0) return;
  if (document.find(pointer) != &value || !document.position(pointer)) std::abort();
  if (const auto* members = value.get_ptr<const Json::object_t*>())
    for (const auto& [name, member] : *members) walk(document, member, join_pointer(pointer, name), left);
  for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
    walk(document, value[i], join_pointer(pointer, i), left);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  const auto yaml = parse_yaml(text, "here");
  if (!yaml) {
    if (yaml.problem()->id.empty() || yaml.problem()->what.empty()) std::abort();
    return 0;
  }
  if (testing::compare_yaml_readers(text) == testing::YamlReaders::disagree) std::abort();
  int left = 5000;
  walk(*yaml, yaml->root(), "", left);
  const auto either = parse_json_or_yaml(text, "here");
  if (!either) std::abort();
  return 0;
}
