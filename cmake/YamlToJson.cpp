// At build time: yaml_to_json <file.yaml> <file.json>. A document that is edited as YAML and read at each start as JSON,
// which takes a hundredth of the time. What is wrong with it stops the build, with line and column.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "harness/support/document.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream in{argv[1], std::ios::binary};
  if (!in) return std::fprintf(stderr, "%s: cannot be read\n", argv[1]), 1;
  const auto document = plugvet::parse_yaml({std::istreambuf_iterator<char>{in}, {}}, argv[1]);
  const plugvet::Problem* problem = document.problem();
  if (problem)
    return std::fprintf(stderr, "%s:%u:%u: %s\n", argv[1], static_cast<unsigned>(problem->position.line),
                        static_cast<unsigned>(problem->position.column), problem->what.c_str()),
           1;
  std::ofstream out{argv[2], std::ios::binary};
  out << document->root().dump(1) << '\n';
  return out.flush() ? 0 : 1;
}
