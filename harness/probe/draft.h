#pragma once
#include <optional>
#include <string>
#include <vector>

#include "harness/model/probing.h"
#include "harness/openapi/contract.h"

namespace plugvet {

/// What an operation is called with besides what is generated.
struct CallTarget {
  std::string server;  ///< "https://todo.example/v1", without the last slash
  Headers headers;     ///< the pass that lets it in
};

/// A request before it is written: values by the inputs of the contract.
struct Draft {
  ProbeKind kind = ProbeKind::example;
  Breach breach = Breach::none;
  std::string about;
  std::optional<ApiPlace> constraint;  ///< what it is about or breaks; empty: the operation
  std::string field;                   ///< the name of what is wrong, where it has one
  std::optional<ApiPlace> wrong_part;  ///< the parameter or body that is wrong
  bool is_odd = false;
  std::optional<std::size_t> part;  ///< which part of the generator's breaks the constraint
  schema::SchemaPlace broken;       ///< the keyword that its value breaks

  std::string method;                       ///< upper case
  std::string conversation;                 ///< it belongs to this one; empty: to one of its own
  std::vector<std::optional<Json>> inputs;  ///< as Contract::inputs; empty: it is left out
  std::optional<Json> body;
  std::optional<std::string> raw_body;  ///< in place of `body`, as it is
  std::size_t body_type = 0;            ///< of Contract::bodies
  std::optional<std::string> content_type;  ///< in place of the declared one; "": none is sent
};

/// The request, or nothing where a value cannot be sent in its place: an empty path segment, a header with a line feed,
/// an empty list in a query.
std::optional<Request> written(const openapi::Contract& contract, const Draft& draft, const CallTarget& target);

/// A media type that bodies can be written in: JSON, a form, plain text.
bool is_writable(std::string_view media_type);
bool is_json_type(std::string_view media_type);

/// What a reader may take a value for once it was sent as an input: texts may be numbers, and the other way round. Of
/// JSON nothing but itself.
std::vector<Json> readings_of(const openapi::Contract::Input& input, const Json& value);
/// The same for a body of this media type.
std::vector<Json> readings_of_body(std::string_view media_type, const Json& value);

}  // namespace plugvet
