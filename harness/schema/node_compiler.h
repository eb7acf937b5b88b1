#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "harness/schema/compilation.h"

namespace plugvet::schema {

/// Compiles the schema of one node. Schemas within it, and those that it refers to, become nodes that wait for their
/// turn, so that no depth of nesting and no circle matters here.
class NodeCompiler {
 public:
  NodeCompiler(Compilation& compilation, NodeId id);
  void compile();

 private:
  void keyword(const KeywordInfo& info, const std::string& name, const Json& value);
  void type(const Json& value);
  void add_type(const Json& name);
  void values(const Json& value);
  void limit(const Json*& slot, const Json& value);
  void exclusive_limit(const Json*& slot, const Json* plain, const Json& value);
  void count(std::size_t& slot, const Json& value);
  void flag(bool& slot, const Json& value);
  void pattern(const Json& value);
  void format(const Json& value);
  void items(const Json& value);
  void properties(const Json& value);
  void pattern_properties(const Json& value);
  void required(const Json& value);
  void dependencies(const Json& value);
  void discriminator(const Json& value);
  void name_alternatives(Discriminator& chooser, const std::vector<NodeId>& nodes, const Json& written,
                         const Json* mapping);
  void reference(const Json& value);
  void dynamic_reference(const Json& value, bool is_recursive);
  void finish();
  void finish_arrays();
  void finish_objects();

  NodeId child(const Json& schema, std::string_view key);
  NodeId child(const Json& schema, std::string_view key, std::string_view name);
  NodeId child(const Json& schema, std::string_view key, std::size_t index);
  NodeId child_at(const Json& schema, PlaceId place);
  std::vector<NodeId> children(const Json& list);
  /// The `$ref` of a schema that says nothing else; null when there is more to it.
  const std::string* lone_reference(const Json& schema, ResourceId resource) const;
  std::vector<std::string_view> names(const Json& list);

  /// Says that the keyword at hand cannot be used.
  void defect(std::string message, bool hinders = false);
  void wrong_type(const Json& value, std::string_view expected);
  bool is(Dialects dialects) const { return (bit(dialect_) & dialects) != 0; }

  template <class T>
  static T& made(std::optional<T>& slot) {
    return slot ? *slot : slot.emplace();
  }

  Compilation& all_;
  NodeId id_;
  Node node_;
  const Json& source_;
  Dialect dialect_;
  bool has_validation_, formats_are_asserted_;
  bool is_lone_ = false;  ///< a `$ref` beside which nothing counts
  std::string_view keyword_;
  std::uint32_t last_hindrance_ = none;

  std::optional<StringRules> strings_;
  std::optional<NumberRules> numbers_;
  std::optional<ArrayRules> arrays_;
  std::optional<ObjectRules> objects_;
  std::optional<CombinedRules> combined_;
  std::optional<Values> values_;
};

}  // namespace plugvet::schema
