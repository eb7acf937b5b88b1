#pragma once
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/support/json.h"
#include "harness/support/result.h"

namespace re2 {
class RE2;
}

// A JSONPath query as it was read. Only json_path*.cpp include this.
namespace plugvet::json_path {

struct Filter;

struct Wildcard {};
struct Slice {
  std::optional<std::int64_t> start, end;
  std::int64_t step = 1;
};
/// A name, all children, an index, a slice, or the children for which a filter holds.
using Selector = std::variant<std::string, Wildcard, std::int64_t, Slice, std::unique_ptr<Filter>>;

struct Segment {
  bool is_descendant = false;
  std::vector<Selector> selectors;
};

struct Query {
  bool is_absolute = true;  ///< from the root, `$`; else from the current value, `@`
  std::vector<Segment> segments;

  /// Only names and indexes: it finds one value at most.
  bool is_singular() const;
};

enum class Function : unsigned char { length, count, match, search, value };

struct Call;
using Operand = std::variant<Json, Query, std::unique_ptr<Call>>;

struct Call {
  Function function = Function::length;
  std::vector<Operand> arguments;
  std::shared_ptr<const re2::RE2> regex;  ///< match, search: of a pattern that stands in the query
};

enum class Comparison : unsigned char { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

/// A condition on the current value.
struct Filter {
  enum class Kind : unsigned char { any, all, none, comparison, test };
  Kind kind = Kind::test;
  std::vector<Filter> parts;      ///< any, all, none
  std::vector<Operand> operands;  ///< comparison: two; test: one, a query that finds something or a call that is true
  Comparison comparison = Comparison::equal;
};

/// Problem: json_path.syntax.
Result<Query> parse(std::string_view text);

/// A pattern of match() and search(); null when it is none, or too large.
std::shared_ptr<const re2::RE2> compile_pattern(std::string_view pattern);

}  // namespace plugvet::json_path
