#pragma once
#include <span>
#include <string_view>

#include "harness/openapi/description.h"

/// Which fields an OpenAPI document has, and what their values are: the specifications 3.0.4 and 3.1.1 as one table.
namespace plugvet::openapi {

enum class Type : unsigned char {
  // Values without fields
  any,
  text,
  boolean,
  number,
  positive_number,
  count,            ///< an integer that is not negative
  url,              ///< perhaps relative
  email,
  property_names,   ///< a list of different texts
  schema_type,      ///< 3.1: a name of a type, or a list of them
  mapping_target,   ///< of a discriminator: the name of a schema, or a reference to one
  // Texts out of a set
  type_name,
  parameter_place,
  parameter_style,
  header_style,
  encoding_style,
  security_type,
  api_key_place,
  // Objects
  document,
  info,
  contact,
  license,
  server,
  server_variable,
  components,
  paths,
  path_item,
  operation,
  external_docs,
  parameter,
  request_body,
  media_type,
  encoding,
  responses,
  response,
  callback,
  example,
  link,
  header,
  tag,
  schema,
  schema_or_boolean,  ///< 3.0: additionalProperties
  discriminator,
  xml,
  security_scheme,
  oauth_flows,
  implicit_flow,
  password_flow,
  client_credentials_flow,
  authorization_code_flow,
  security_requirement,
};
constexpr std::size_t type_count = static_cast<std::size_t>(Type::security_requirement) + 1;

enum class Form : unsigned char { one, list, map };
enum class Versions : unsigned char { all, only_3_0, only_3_1 };
enum class Presence : unsigned char { optional, required };

struct Field {
  std::string_view name;
  Type type = Type::any;
  Form form = Form::one;
  Versions versions = Versions::all;
  Presence presence = Presence::optional;
  std::string_view hint = {};  ///< what to do about a value of the wrong type, or the field in the other version
  std::string_view concerns = {};  ///< of a schema's field: the only type of value that it says something about

  bool is_in(Version version) const {
    return versions == Versions::all || (versions == Versions::only_3_0) == (version == Version::v3_0);
  }
};

/// Which names besides those of its fields the members of an object may have.
enum class Names : unsigned char { none, paths, statuses, expressions, schemes };

struct TypeGrammar {
  std::string_view noun;                             ///< "operation"
  std::string_view plural;                           ///< "operations"
  std::span<const Field> fields;                     ///< empty: of a value without fields
  std::span<const std::string_view> values;          ///< of a text out of a set
  std::string_view values_hint;                      ///< about a value that is not in the set
  Names names = Names::none;
  Field named;                                       ///< what members with such names are
  bool is_object = false;
  bool may_be_reference = false;
};

const TypeGrammar& grammar_of(Type type);

/// The field of an object in that version; null when there is none.
const Field* find_field(Type type, Version version, std::string_view name);

/// "an operation", "a URL"
std::string with_article(std::string_view noun);
/// What a field's value is: "a list of tags"
std::string spoken(const Field& field);

}  // namespace plugvet::openapi
