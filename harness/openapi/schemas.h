#pragma once
#include <functional>
#include <string_view>

#include "harness/openapi/description.h"

namespace plugvet::openapi {

enum class SchemaUse : unsigned char {
  input,   ///< of a parameter or request body of some operation, perhaps of an answer too
  output,  ///< of an answer's body or header only
  unused,  ///< under components, and no operation leads there
};

/// A schema where it is written. References are no schemas of their own: what they lead to is visited instead.
struct Schema {
  const Json& value;  ///< an object; in 3.1 also a Boolean
  SchemaUse use = SchemaUse::unused;
  const Operation* operation = nullptr;  ///< the first that leads here; null for unused ones
  const Schema* parent = nullptr;        ///< that this one is written in; null where it is not within another
  std::string_view keyword;              ///< of the parent: "properties", "items", "allOf"; empty without parent
  std::string_view name;                 ///< of the property, where the keyword maps names to schemas

  ApiPlace place() const;

  ApiPlace base;          ///< of a schema without parent
  std::size_t index = 0;  ///< where the keyword is a list
};

/// Visits every schema once, wherever it is used: first those of inputs, then those of answers, then the rest. What a
/// schema leads to comes after it. Ends on every document, circles included.
void for_each_schema(const Description& description, const std::function<void(const Schema&)>& visit);

}  // namespace plugvet::openapi
