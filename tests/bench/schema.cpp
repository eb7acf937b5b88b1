// bench_schema SCHEMA INSTANCE: how often per second a compiled schema is applied to a JSON value. ci/bench holds it
// against ajv's figure for the same files in the same run.
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

#include "harness/schema/schema.h"
#include "harness/support/document.h"
#include "harness/support/file.h"

namespace {

plugvet::Json read(const char* path) {
  const auto text = plugvet::read_file(path, 10u << 20);
  const auto document = text ? plugvet::parse_json(*text, path) : plugvet::Result<plugvet::Document>{*text.problem()};
  if (!document) {
    std::fprintf(stderr, "%s\n", document.problem()->what.c_str());
    std::exit(2);
  }
  return document->root();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const plugvet::Json document = read(arguments[1]), instance = read(arguments[2]);
  plugvet::schema::SchemaSet set{document, {.formats_are_asserted = false}};
  const auto schema = set.at("");
  if (!schema || !schema->defects().empty() || !schema->validate(instance).is_certainly_valid()) return 1;
  constexpr double long_enough = 2;  // seconds of this process, so that others on the machine matter less
  const auto seconds = [begin = std::clock()] { return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC; };
  long rounds = 0;
  while (seconds() < long_enough) {
    for (int i = 0; i < 50; ++i, ++rounds) {
      if (!schema->validate(instance).is_valid()) return 1;
    }
  }
  std::printf("%.0f\n", static_cast<double>(rounds) / seconds());
}
