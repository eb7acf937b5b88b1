// bare_parse FILE: what the libraries underneath cost by themselves. JSON: nlohmann's parse into its values; YAML: yaml-cpp's
// events, thrown away. ci/bench holds plugvet's whole review against it.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

struct Nobody : YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::string path = arguments[1];
  std::ifstream file{path, std::ios::binary};
  if (path.ends_with(".json")) {
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    return nlohmann::json::parse(text).is_object() ? 0 : 1;
  }
  YAML::Parser parser{file};
  Nobody nobody;
  return parser.HandleNextDocument(nobody) ? 0 : 1;
}
