#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/openapi/description.h"
#include "harness/schema/schema.h"

namespace plugvet::openapi {

/// The schemas of a description, wherever in its files they stand, compiled when they are asked for.
class CompiledSchemas {
 public:
  /// The description lives longer.
  explicit CompiledSchemas(const ApiDescription& api);

  /// Empty: there is none at that place, or nothing that is a schema.
  std::optional<schema::Schema> at(const ApiPlace& place);
  /// Where in the description a keyword stands.
  ApiPlace place_of(const schema::SchemaPlace& place) const;

 private:
  schema::SchemaSet& set_of(std::uint32_t file);

  const ApiDescription& api_;
  std::vector<std::string> names_;  ///< of the files, the main one first
  std::map<std::uint32_t, std::unique_ptr<schema::SchemaSet>> sets_;
};

}  // namespace plugvet::openapi
