#include "harness/openapi/compiled_schemas.h"

#include <algorithm>

namespace plugvet::openapi {
namespace {

/// Main document and files as the schemas name them: relative to the same folder.
std::vector<std::string> names_of(const ApiDescription& api) {
  std::vector<std::string> names{"document"};
  for (const ApiFile& file : api.files) names.push_back(file.name);
  if (api.files.empty()) return names;
  const ApiFile& any = api.files.front();
  if (!any.location.ends_with(any.name)) return names;
  const std::string_view folder = std::string_view{any.location}.substr(0, any.location.size() - any.name.size());
  if (api.location.starts_with(folder)) names.front() = api.location.substr(folder.size());
  return names;
}

}  // namespace

CompiledSchemas::CompiledSchemas(const ApiDescription& api) : api_{api}, names_{names_of(api)} {}

std::optional<schema::Schema> CompiledSchemas::at(const ApiPlace& place) {
  if (place.file >= api_.description->documents.size()) return {};
  auto schema = set_of(place.file).at(place.pointer);
  return schema ? std::optional{*schema} : std::nullopt;
}

schema::SchemaSet& CompiledSchemas::set_of(std::uint32_t file) {
  auto& set = sets_[file];
  if (set) return *set;
  const bool is_3_0 = api_.description->version == Version::v3_0;
  const auto dialect = is_3_0 ? schema::Dialect::openapi_3_0 : schema::Dialect::openapi_3_1;
  const auto& documents = api_.description->documents;
  set = std::make_unique<schema::SchemaSet>(documents[file].root(),
                                            schema::SchemaOptions{.dialect = dialect, .uri = names_[file]});
  for (std::uint32_t other = 0; other < documents.size(); ++other)
    if (other != file) set->add(names_[other], documents[other].root());
  return *set;
}

ApiPlace CompiledSchemas::place_of(const schema::SchemaPlace& place) const {
  const auto name = std::ranges::find(names_, place.document);
  return {name == names_.end() ? 0 : static_cast<std::uint32_t>(name - names_.begin()), place.pointer};
}

}  // namespace plugvet::openapi
