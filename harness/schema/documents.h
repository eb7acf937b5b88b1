#pragma once
#include <cstdint>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/schema/keywords.h"
#include "harness/schema/schema.h"

namespace plugvet::schema {

using PlaceId = std::uint32_t;
using ResourceId = std::uint32_t;

/// A step on the way from a document's root; the way itself is a chain of such steps. Views lead into documents.
struct Step {
  PlaceId parent;  ///< of a root: itself
  std::uint32_t index;
  std::string_view name;
  bool is_index;
};

/// A schema with a URI of its own, and what is within it up to the next such schema.
struct Resource {
  std::string uri;  ///< absolute, without fragment
  const Json* root = nullptr;
  std::uint32_t document = 0;
  PlaceId place = 0;
  Dialect dialect = Dialect::draft_2020_12;
  bool has_validation = true;  ///< its meta-schema has the validation vocabulary
  bool formats_are_asserted = true;

  struct Anchor {
    const Json* schema;
    PlaceId place;
    bool is_dynamic;
  };
  std::unordered_map<std::string_view, Anchor> anchors;
};

/// A schema (or what should be one) and where it is written.
struct Target {
  const Json* schema = nullptr;
  ResourceId resource = 0;
  PlaceId place = 0;
  std::string problem;  ///< why there is none: a sentence
};

/// The documents of a set, the schemas in them that have names of their own, and the way to any of them.
class Documents {
 public:
  explicit Documents(const SchemaOptions& options) : options_{options} {}

  /// A document that is a meta-schema must be added before those that use it.
  ResourceId add(std::string uri, const Json& root);
  /// What a reference within a resource leads to.
  Target find(ResourceId from, std::string_view reference);
  /// What is at a JSON Pointer, counted from the root of a resource.
  Target at(ResourceId from, std::string_view pointer);

  const Resource& resource(ResourceId id) const { return resources_[id]; }
  std::size_t resource_count() const { return resources_.size(); }
  /// The resource that a schema within `parent` belongs to: its own, when it has a URI.
  ResourceId resource_of(const Json& schema, ResourceId parent) const;

  PlaceId step(PlaceId from, std::string_view name);
  PlaceId step(PlaceId from, std::size_t index);
  SchemaPlace place(ResourceId resource, PlaceId place) const;

 private:
  struct Walk;
  using Member = Json::object_t::value_type;

  ResourceId add_resource(std::string uri, const Json& root, std::uint32_t document, PlaceId place, Dialect dialect,
                          bool formats_are_asserted);
  void choose_dialect(Resource& resource);
  bool load_meta_schema(std::string_view uri);
  const ResourceId* resource_at(const std::string& uri);
  void scan_schema(const Json& schema, ResourceId resource, Walk& walk, bool is_root);
  void scan_members(const Json& schema, ResourceId resource, Walk& walk);
  void scan_openapi(const Json& value, ResourceId resource, Walk& walk);
  PlaceId place_of(Walk& walk);
  const Member* find_member(const Json& object, std::string_view name);

  SchemaOptions options_;
  std::deque<Json> meta_schemas_;
  std::vector<std::string> documents_;  ///< their URIs, as they were registered
  std::deque<Resource> resources_;
  std::unordered_map<std::string, ResourceId> by_uri_;
  std::unordered_map<const Json*, ResourceId> by_root_;
  std::vector<Step> steps_;
  /// The members of large objects by name: thousands of references lead to thousands of schemas.
  std::unordered_map<const Json*, std::unordered_map<std::string_view, const Member*>> members_;
};

/// Of an object; null when there is none.
const Json* member(const Json& object, std::string_view name);
/// A schema's `$ref` (or another member) when it is a text.
const std::string* text_member(const Json& object, std::string_view name);

}  // namespace plugvet::schema
