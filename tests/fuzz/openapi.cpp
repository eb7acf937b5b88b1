// An OpenAPI document and, after a NUL byte, a file beside it that it may refer to: what is said of it has a place in it,
// every schema is visited once, and the checks of GPT Actions judge it.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "harness/openapi/description.h"
#include "harness/openapi/schemas.h"
#include "harness/openapi/servers.h"
#include "tests/fuzz/judged.h"

using namespace plugvet;
using openapi::Description;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void require_place(const Description& description, const ApiPlace& place) {
  require(place.file < description.documents.size());
  require(description.documents[place.file].find(place.pointer) != nullptr);
}

void examine(const Description& description) {
  for (const auto& fault : description.faults) {
    require_place(description, fault.place);
    require(!fault.message.empty());
  }
  for (const auto& reference : description.references) require_place(description, reference.place);
  for (const auto& cycle : description.cycles) {
    require(!cycle.members.empty());
    for (const ApiPlace& place : cycle.members) require_place(description, place);
  }
  for (const openapi::Operation& operation : description.operations)
    for (const openapi::Parameter& parameter : operation.parameters)
      if (parameter.schema) require_place(description, description.resolved(parameter.schema).place);
  std::set<const Json*> seen;
  openapi::for_each_schema(description, [&](const openapi::Schema& schema) {
    require(seen.insert(&schema.value).second);
    const ApiPlace place = schema.place();
    require(description.documents[place.file].find(place.pointer) == &schema.value);
  });
  openapi::select_server(description, "acme.com", {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const std::size_t middle = text.find('\0');
  auto document = parse_json_or_yaml(std::string{text.substr(0, middle)}, "openapi.yaml");
  if (!document || !document->root().is_object()) return 0;
  const auto read = [&](const std::string&) -> Result<std::string> {
    if (middle == std::string_view::npos) return Problem{};
    return std::string{text.substr(middle + 1)};
  };
  ApiDescription api{*document, "openapi.yaml", {}, {}};
  api.description = openapi::describe(api.document, "openapi.yaml", read, &api.files);
  examine(*api.description);
  Evidence evidence;
  evidence.submission.kind = SubmissionKind::openapi;
  evidence.api = Result<ApiDescription>{std::move(api)};
  fuzz::judge_by("gpt-actions", std::move(evidence));
  return 0;
}
