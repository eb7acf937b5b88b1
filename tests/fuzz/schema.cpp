// A schema and an instance, with a NUL byte between them: compiling and applying ends, and both ways of asking agree.
// The first byte chooses the dialect.
#include "harness/schema/schema.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "harness/support/document.h"

using namespace plugvet;
using namespace plugvet::schema;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  const std::size_t middle = text.find('\0');
  const auto document = parse_json(std::string{text.substr(0, middle)}, "schema");
  const auto instance =
      middle == std::string_view::npos ? document : parse_json(std::string{text.substr(middle + 1)}, "instance");
  if (!document || !instance) return 0;

  SchemaSet set{document->root(),
                {.dialect = static_cast<Dialect>(data[0] % 7), .formats_are_asserted = data[0] < 128}};
  const auto schema = set.at("");
  if (!schema) return 0;
  const ValidationOptions options{.direction = static_cast<Direction>(data[0] / 7 % 3), .errors = 5, .steps = 100'000};
  const ValidationResult result = schema->validate(instance->root(), options);
  if (result.is_valid() != schema->is_valid(instance->root(), options)) std::abort();
  for (const ValidationError& error : result.errors) {
    if (error.message.empty() || instance->find(error.instance) == nullptr) std::abort();
  }
  for (const SchemaDefect& defect : schema->defects()) {
    if (defect.message.empty()) std::abort();
  }
  return 0;
}
