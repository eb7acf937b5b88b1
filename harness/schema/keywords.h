#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "harness/schema/schema.h"

namespace plugvet::schema {

/// Sets of dialects, one bit each.
using Dialects = std::uint8_t;
constexpr Dialects bit(Dialect dialect) {
  return static_cast<Dialects>(1u << static_cast<unsigned>(dialect));
}
inline constexpr Dialects all_dialects = 0x7F;
inline constexpr Dialects openapi_dialects = bit(Dialect::openapi_3_0) | bit(Dialect::openapi_3_1);
inline constexpr Dialects dialects_2020 = bit(Dialect::draft_2020_12) | bit(Dialect::openapi_3_1);
inline constexpr Dialects since_2019 = bit(Dialect::draft_2019_09) | dialects_2020;
inline constexpr Dialects since_7 = bit(Dialect::draft_7) | since_2019;
inline constexpr Dialects since_6 = bit(Dialect::draft_6) | since_7;
/// `id` in place of `$id`, numbers and flags for exclusive limits.
inline constexpr Dialects like_4 = bit(Dialect::draft_4) | bit(Dialect::openapi_3_0);
/// What stands beside a `$ref` is ignored.
inline constexpr Dialects with_lone_references = static_cast<Dialects>(all_dialects & ~since_2019);

enum class Keyword : unsigned char {
  reference,
  dynamic_reference,
  recursive_reference,
  all_of,
  any_of,
  one_of,
  negation,
  condition,
  then_branch,
  else_branch,
  type,
  enumeration,
  constant,
  minimum,
  maximum,
  exclusive_minimum,
  exclusive_maximum,
  multiple_of,
  min_length,
  max_length,
  pattern,
  format,
  content_encoding,
  content_media_type,
  items,
  additional_items,
  prefix_items,
  contains,
  min_contains,
  max_contains,
  min_items,
  max_items,
  unique_items,
  unevaluated_items,
  properties,
  pattern_properties,
  additional_properties,
  property_names,
  required,
  min_properties,
  max_properties,
  dependencies,
  dependent_required,
  dependent_schemas,
  unevaluated_properties,
  nullable,
  discriminator,
  definitions,
  content_schema,
  annotation,
};

/// Where a keyword's value holds schemas.
enum class Holds : unsigned char { nothing, schema, schemas, named_schemas, schema_or_schemas };

struct KeywordInfo {
  std::string_view name;
  Keyword keyword;
  Dialects dialects = all_dialects;
  Holds holds = Holds::nothing;
  bool is_validation = false;  ///< of the validation vocabulary
};

/// Null: the dialect does not know it.
const KeywordInfo* find_keyword(std::string_view name, Dialect dialect);

}  // namespace plugvet::schema
