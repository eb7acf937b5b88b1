#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/schema/documents.h"
#include "harness/schema/formats.h"
#include "harness/schema/keywords.h"
#include "harness/schema/pattern.h"
#include "harness/schema/schema.h"
#include "harness/schema/value.h"

/// Compiled schemas: a flat arena of nodes that refer to each other by number. What only some schemas have lies in
/// arenas of its own, so that a node is small and those that are applied together lie together.
namespace plugvet::schema {

using NodeId = std::uint32_t;
inline constexpr std::uint32_t none = UINT32_MAX;  ///< of any number: there is none

struct StringRules {
  std::size_t min_length = 0, max_length = SIZE_MAX;
  std::uint32_t pattern = none;
  const std::string* pattern_source = nullptr;
  const Format* format = nullptr;
  bool is_base64 = false, is_json = false;  ///< contentEncoding, contentMediaType
};

struct NumberRules {
  const Json *minimum = nullptr, *maximum = nullptr;
  const Json *exclusive_minimum = nullptr, *exclusive_maximum = nullptr;
  const Json* multiple_of = nullptr;
  const Format* format = nullptr;
};

struct ArrayRules {
  std::size_t min_items = 0, max_items = SIZE_MAX;
  bool has_unique_items = false;
  std::vector<NodeId> prefix;
  NodeId items = none;  ///< of those after the prefix
  NodeId contains = none;
  std::size_t min_contains = 1, max_contains = SIZE_MAX;
  bool contains_evaluates = false;  ///< what `contains` matches counts as evaluated
  NodeId unevaluated = none;
  std::string_view prefix_keyword = "prefixItems", items_keyword = "items";
};

/// What a member of this name must be.
struct Property {
  std::string_view name;
  NodeId node = none;               ///< none: it is only required
  std::uint8_t required_in = 0;     ///< one bit for each Direction
  std::uint8_t not_allowed_in = 0;  ///< one bit for each Direction
};

/// Properties by name. Members mostly come in the order of the schema, so the next one is tried first.
class PropertyTable {
 public:
  Property& operator[](std::string_view name);  ///< adds it when it is missing
  const Property* find(std::string_view name, std::size_t& cursor) const {
    if (cursor < properties_.size() && properties_[cursor].name == name) return &properties_[cursor++];
    return find_hashed(name, cursor);
  }
  const std::vector<Property>& all() const { return properties_; }
  std::vector<Property>& all() { return properties_; }

 private:
  const Property* find_hashed(std::string_view name, std::size_t& cursor) const;
  void grow();
  std::vector<Property> properties_;
  std::vector<std::uint32_t> slots_;  ///< open addressing; index + 1, 0 is free
};

struct ObjectRules {
  std::size_t min_properties = 0, max_properties = SIZE_MAX;
  PropertyTable properties;
  std::array<std::uint32_t, 3> required_counts{};  ///< for each Direction
  struct PatternProperty {
    std::uint32_t pattern;
    NodeId node;
    std::string_view source;
  };
  std::vector<PatternProperty> patterns;
  NodeId additional = none;
  NodeId names = none;
  struct Dependency {
    std::string_view name;
    std::vector<std::string_view> required;
    NodeId node = none;
    std::string_view keyword;
  };
  std::vector<Dependency> dependencies;
  NodeId unevaluated = none;
};

/// Which alternative a member's value chooses.
struct Discriminator {
  std::string_view property;
  std::unordered_map<std::string, std::uint32_t> alternatives;  ///< index into any_of or one_of
  bool is_complete = false;                                     ///< every alternative has a name
};

/// Schemas that apply to the same value.
struct CombinedRules {
  std::vector<NodeId> all_of, any_of, one_of;
  NodeId negation = none;
  NodeId condition = none, then_branch = none, else_branch = none;
  NodeId reference = none;
  struct DynamicReference {
    NodeId first = none;
    std::string_view anchor;
    std::vector<std::pair<ResourceId, NodeId>> candidates;  ///< none: it is an ordinary reference
    std::string_view keyword;
  };
  std::optional<DynamicReference> dynamic;
  std::optional<Discriminator> discriminator;
};

struct Node {
  // Bits by Json::value_t.
  std::uint16_t types = 0xFFFF;
  bool integral_floats = false;  ///< floats are accepted when they are integers
  bool accepts_all = false;      ///< nothing can be wrong: no need to look
  bool refuses_all = false;
  bool accepts_null = false;  ///< whatever else is said: `nullable`
  bool has_unevaluated = false;
  std::uint32_t strings = none, numbers = none, arrays = none, objects = none, combined = none, values = none;
  std::uint32_t defects = none;  ///< the first of those that keep it from being evaluated
  ResourceId resource = 0;
  PlaceId place = 0;
  const Json* source = nullptr;
};

struct Defect {
  NodeId node;
  PlaceId place;
  std::string keyword, message;
  bool hinders = false;       ///< something is not evaluated because of it
  std::uint32_t next = none;  ///< the next one of the same node that hinders
};

/// `enum` and `const`.
struct Values {
  std::optional<ValueSet> allowed;
  const Json* constant = nullptr;
};

struct Compilation {
  explicit Compilation(SchemaOptions options);

  /// Registers what was added; afterwards nothing can be.
  void prepare();
  /// The schema at a target, compiled with all that it leads to.
  NodeId compile(const Target& target);

  void for_each_child(NodeId node, const std::function<void(NodeId)>& visit) const;
  std::vector<SchemaDefect> defects_within(NodeId node) const;
  SchemaPlace place_of(NodeId node) const;
  /// Of a keyword of a node's schema.
  SchemaPlace place_of(NodeId node, std::string_view keyword) const;

  SchemaOptions options;
  Documents documents;
  std::vector<std::pair<std::string, const Json*>> further;
  const Json* main = nullptr;
  ResourceId main_resource = 0;
  bool is_prepared = false;

  std::vector<Node> nodes;
  std::vector<StringRules> strings;
  std::vector<NumberRules> numbers;
  std::vector<ArrayRules> arrays;
  std::deque<ObjectRules> objects;
  std::deque<CombinedRules> combined;
  std::deque<Values> values;
  std::deque<Pattern> patterns;
  std::vector<Defect> defects;

 private:
  friend class NodeCompiler;
  NodeId request(const Target& target);
  const Target& target_of(ResourceId from, const std::string& reference);
  std::uint32_t pattern_of(const std::string& source);
  void link_dynamic_references();

  std::unordered_map<const Json*, NodeId> by_source_;
  std::unordered_map<std::string_view, std::uint32_t> patterns_by_source_;
  std::vector<std::unordered_map<std::string_view, Target>> targets_;  ///< of references, by resource
  PatternBudget pattern_budget_;
  std::size_t compiled_ = 0;  ///< nodes before this one are compiled
  std::vector<NodeId> dynamic_nodes_;
};

}  // namespace plugvet::schema
