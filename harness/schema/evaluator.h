#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/schema/compilation.h"

namespace plugvet::schema {

/// Where a value stands in the instance: a chain on the stack, made into text only when there is something to report.
struct Path {
  const Path* parent = nullptr;  ///< null: the instance itself
  std::string_view name;
  std::size_t index = 0;
  bool is_index = false;
};

/// Which members or items of one value some schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`.
class Marks {
 public:
  void add(std::size_t index) {
    if (index < 64) {
      first_ |= std::uint64_t{1} << index;
    } else {
      add_far(index);
    }
  }
  void add_all() { all_ = true; }
  void add_first(std::size_t count) {
    for (std::size_t i = 0; i < count && !all_; ++i) add(i);
  }
  void merge(const Marks& other);
  bool has(std::size_t index) const {
    if (all_ || index < 64) return all_ || (first_ >> index & 1) != 0;
    return index - 64 < far_.size() && far_[index - 64];
  }

 private:
  void add_far(std::size_t index);
  bool all_ = false;
  std::uint64_t first_ = 0;
  std::vector<bool> far_;
};

/// One application of a schema. What cannot be decided counts as fulfilled and is counted, so that "does not match" is
/// always certain.
class Evaluator {
 public:
  /// `explains`: all errors are gathered, otherwise it stops at the first.
  Evaluator(const Compilation& compilation, const ValidationOptions& options, bool explains)
      : all_{compilation},
        options_{options},
        direction_{static_cast<std::size_t>(options.direction)},
        explains_{explains} {}

  bool evaluate(NodeId id, const Json& value, const Path* path, Marks* marks = nullptr);

  bool has_unknown() const { return unknown_ != 0; }
  std::uint64_t steps() const { return steps_; }
  /// What an explaining evaluation found.
  ValidationResult result() &&;

 private:
  struct Frame {
    NodeId node;
    const Json* value;
  };
  struct Unknown {
    NodeId node;
    std::string instance, reason;
    SchemaPlace place;
    std::string keyword;
  };

  bool apply(NodeId id, const Node& node, const Json& value, const Path* path, Marks* marks);
  bool apply_with_marks(NodeId id, const Node& node, const Json& value, const Path* path, Marks* marks);
  bool has_type(const Node& node, const Json& value) const;
  bool check_values(NodeId id, const Values& rules, const Json& value, const Path* path);
  bool check_string(NodeId id, const StringRules& rules, const std::string& text, const Path* path);
  bool check_number(NodeId id, const NumberRules& rules, const Json& value, const Path* path);
  bool check_array(NodeId id, const ArrayRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_contains(NodeId id, const ArrayRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_unique(NodeId id, const Json& value, const Path* path);
  bool check_object(NodeId id, const ObjectRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_member(NodeId id, const ObjectRules& rules, const Property* property, std::string_view name,
                    const Json& member, const Path* path, bool& is_known);
  bool check_missing(NodeId id, const ObjectRules& rules, const Json& value, const Path* path);
  bool is_kept_out(std::string_view member_name) const;
  bool is_kept_out(std::string_view member_name, NodeId id, int nesting) const;
  bool check_dependencies(NodeId id, const ObjectRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_name(NodeId id, NodeId names, std::string_view name, const Path* path);
  bool check_combined(NodeId id, const CombinedRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_any_of(NodeId id, const CombinedRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_one_of(NodeId id, const CombinedRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_condition(const CombinedRules& rules, const Json& value, const Path* path, Marks* marks);
  bool check_unevaluated(NodeId id, const Node& node, const Json& value, const Path* path, const Marks& marks);
  /// Empty: the discriminator chooses nothing, and all alternatives are tried.
  std::optional<bool> check_discriminated(NodeId id, const CombinedRules& rules,
                                          const std::vector<NodeId>& alternatives, const Json& value, const Path* path,
                                          Marks* marks);
  NodeId dynamic_target(const CombinedRules::DynamicReference& reference) const;

  /// Whether a value matches, without errors. Certain only when nothing unknown was met.
  enum class Verdict : unsigned char { no, maybe, yes };
  Verdict test(NodeId id, const Json& value, const Path* path, Marks* marks);
  std::vector<ValidationError> explain(NodeId id, const Json& value, const Path* path);

  /// Counts something that cannot be decided. True: it counts as fulfilled.
  bool unknown(NodeId id, std::string_view keyword, const Path* path, std::string_view reason);

  struct Text {
    std::string expected, actual;
    std::string message = {};  ///< empty: "PATH is ACTUAL, expected EXPECTED"
  };
  /// Reports an error; `text` is only asked when errors are gathered. True: go on looking for more.
  template <class MakeText>
  bool fail(NodeId id, std::string_view keyword, const Path* path, MakeText text) {
    if (!explains_) return false;
    if (is_full()) return false;
    add_error(id, keyword, path, text());
    return true;
  }
  bool is_full();
  void add_error(NodeId id, std::string_view keyword, const Path* path, Text text);
  void report_alternatives(NodeId id, std::string_view keyword, const std::vector<NodeId>& alternatives,
                           const Json& value, const Path* path);
  std::string name(const Path* path) const;
  std::string expected_type(const Node& node) const;

  static constexpr std::size_t deepest = 1024;

  const Compilation& all_;
  const ValidationOptions& options_;
  std::size_t direction_;
  bool explains_;
  std::uint64_t steps_ = 0;
  std::size_t unknown_ = 0;
  std::size_t depth_ = 0;
  std::size_t error_limit_ = options_.errors;
  bool has_more_ = false;
  std::vector<ValidationError> errors_;
  std::vector<Unknown> unknowns_;
  std::array<Frame, deepest> frames_;  // deliberately not initialised
};

/// RFC 6901.
std::string pointer_of(const Path* path);

}  // namespace plugvet::schema
