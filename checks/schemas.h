#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "harness/model/check.h"
#include "harness/openapi/schemas.h"

namespace plugvet::checks {

/// A schema as messages name it: "POST /todos (addTodo): NewTodo.tags[]", "GET /todos (listTodos): parameter status";
/// "NewTodo.text" where no operation uses it.
std::string spoken(const openapi::Schema& schema);
/// The same without the operation.
std::string spoken_within(const openapi::Schema& schema);
/// A value as messages show it, shortened: "in quotes", 17, [1,2].
std::string spoken_value(const Json& value);

/// The schema has this type, or it is one of its types.
bool has_type(const Json& schema, std::string_view type);
/// Its types are given, and this is none of them.
bool excludes_type(const Json& schema, std::string_view type);
/// The member is there and true.
bool is_true(const Json& schema, std::string_view member);
/// One of the names is a member.
bool has_any(const Json& schema, std::initializer_list<std::string_view> names);

/// The schema says what is not, or decides between others: it describes no value of its own.
bool is_condition(const openapi::Schema& schema);

/// A finding for each object of such a use of which no property is listed, neither by itself nor by what it is composed of.
Judgement judge_properties(const ApiDescription& api, openapi::SchemaUse use, const Parameters& limits);

/// A description that is more than white space, where it is written or where the reference leads, or in one of the
/// schemas that the schema is composed of.
bool is_described(const openapi::Description& description, const Json& schema);

}  // namespace plugvet::checks
