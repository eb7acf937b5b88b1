#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/openapi/contract.h"
#include "harness/probe/draft.h"

namespace plugvet {

/// Objects that an operation makes and others are about, by their numbers: what is posted to /todos is read, changed
/// and deleted at /todos/{todo_id}.
struct Resource {
  std::size_t create = 0;
  std::optional<std::size_t> read, list, change, remove;
  std::vector<std::size_t> about;  ///< all operations about one object: these, and those below its path
  std::string parameter;  ///< of the path, which takes the object's id
};
std::vector<Resource> resources_of(std::span<const std::shared_ptr<const openapi::Contract>> contracts);

/// The id of the object that was made: in the answer under the parameter's name, `id` or its like, or at the end of
/// Location. Empty: it says none.
std::optional<Json> made_id(const Exchange& exchange, const std::string& parameter);

/// The object of that id, wherever the answer has it. Null: it has none.
std::shared_ptr<const Json> object_in(const Exchange& exchange, const std::string& parameter, const Json& id);

/// The name of a parameter or member says that it confirms something.
bool is_confirmation(std::string_view name);

/// What changes only when it is confirmed: the same request with the code of the preview, where the answer has a member
/// that the request may have and has not. Empty: it asks for nothing.
std::optional<Draft> confirming(const openapi::Contract& contract, const Draft& sent, const Exchange& exchange);

}  // namespace plugvet
