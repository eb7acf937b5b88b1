#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "harness/model/check.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {

/// Something that the model fills in when it calls an operation: a parameter, or a member of the body.
struct Argument {
  std::string_view name;
  std::string_view in;              ///< "query", "path", "header", "cookie", "body"
  const Json* schema = nullptr;     ///< references followed; null: none
  std::string_view description;     ///< of the parameter or of the schema; empty: none
  openapi::Node holder;             ///< the parameter, or the object with the properties
  const openapi::Operation* operation = nullptr;
  ApiPlace place() const;
};

/// Every argument of an operation: parameters, then the members of its bodies, one level deep and through allOf, oneOf and
/// anyOf.
void for_each_argument(const openapi::Description& description, const openapi::Operation& operation,
                       const std::function<void(const Argument&)>& visit);
/// Every argument of every operation, once where several operations share it.
void for_each_argument(const openapi::Description& description, const std::function<void(const Argument&)>& visit);

/// Its schema says that it is a text, or does not say what it is; and no enum, const, format or pattern narrows it.
bool is_free_text(const Argument& argument);

/// What is wrong with an argument. The message follows the argument's name: "is a number".
struct ArgumentDefect {
  std::string message, expected, actual;
};
/// One finding for each name of a bad argument: the first of them, and how many more there are.
Judgement judge_arguments(const ApiDescription& api,
                          const std::function<std::optional<ArgumentDefect>(const Argument&)>& judge);

}  // namespace plugvet::checks
