#include "harness/openapi/grammar.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace plugvet::openapi {
namespace {

constexpr auto list = Form::list;
constexpr auto map = Form::map;
constexpr auto one = Form::one;
constexpr auto all = Versions::all;
constexpr auto only_3_0 = Versions::only_3_0;
constexpr auto only_3_1 = Versions::only_3_1;
constexpr auto required = Presence::required;
constexpr auto optional = Presence::optional;

constexpr Field document_fields[] = {
    {"openapi", Type::text, one, all, required},
    {"info", Type::info, one, all, required},
    {"jsonSchemaDialect", Type::url, one, only_3_1},
    {"servers", Type::server, list},
    {"paths", Type::paths, one, only_3_0, required},
    {"paths", Type::paths, one, only_3_1},
    {"webhooks", Type::path_item, map, only_3_1},
    {"components", Type::components},
    {"security", Type::security_requirement, list},
    {"tags", Type::tag, list},
    {"externalDocs", Type::external_docs},
};
constexpr Field info_fields[] = {
    {"title", Type::text, one, all, required},
    {"summary", Type::text, one, only_3_1},
    {"description", Type::text},
    {"termsOfService", Type::url},
    {"contact", Type::contact},
    {"license", Type::license},
    {"version", Type::text, one, all, required, "Put it in quotes."},
};
constexpr Field contact_fields[] = {{"name", Type::text}, {"url", Type::url}, {"email", Type::email}};
constexpr Field license_fields[] = {
    {"name", Type::text, one, all, required},
    {"identifier", Type::text, one, only_3_1},
    {"url", Type::url},
};
constexpr Field server_fields[] = {
    {"url", Type::text, one, all, required},
    {"description", Type::text},
    {"variables", Type::server_variable, map},
};
constexpr Field server_variable_fields[] = {
    {"enum", Type::text, list},
    {"default", Type::text, one, all, required, "Put it in quotes."},
    {"description", Type::text},
};
constexpr Field components_fields[] = {
    {"schemas", Type::schema, map},
    {"responses", Type::response, map},
    {"parameters", Type::parameter, map},
    {"examples", Type::example, map},
    {"requestBodies", Type::request_body, map},
    {"headers", Type::header, map},
    {"securitySchemes", Type::security_scheme, map},
    {"links", Type::link, map},
    {"callbacks", Type::callback, map},
    {"pathItems", Type::path_item, map, only_3_1},
};
constexpr Field path_item_fields[] = {
    {"$ref", Type::any},
    {"summary", Type::text},
    {"description", Type::text},
    {"get", Type::operation},
    {"put", Type::operation},
    {"post", Type::operation},
    {"delete", Type::operation},
    {"options", Type::operation},
    {"head", Type::operation},
    {"patch", Type::operation},
    {"trace", Type::operation},
    {"servers", Type::server, list},
    {"parameters", Type::parameter, list},
};
constexpr Field operation_fields[] = {
    {"tags", Type::text, list},
    {"summary", Type::text},
    {"description", Type::text},
    {"externalDocs", Type::external_docs},
    {"operationId", Type::text},
    {"parameters", Type::parameter, list},
    {"requestBody", Type::request_body},
    {"responses", Type::responses, one, only_3_0, required},
    {"responses", Type::responses, one, only_3_1},
    {"callbacks", Type::callback, map},
    {"deprecated", Type::boolean},
    {"security", Type::security_requirement, list},
    {"servers", Type::server, list},
};
constexpr Field external_docs_fields[] = {
    {"description", Type::text},
    {"url", Type::url, one, all, required},
};
constexpr Field parameter_fields[] = {
    {"name", Type::text, one, all, required},
    {"in", Type::parameter_place, one, all, required},
    {"description", Type::text},
    {"required", Type::boolean, one, all, optional, "A list of names belongs into a schema."},
    {"deprecated", Type::boolean},
    {"allowEmptyValue", Type::boolean},
    {"style", Type::parameter_style},
    {"explode", Type::boolean},
    {"allowReserved", Type::boolean},
    {"schema", Type::schema},
    {"example", Type::any},
    {"examples", Type::example, map},
    {"content", Type::media_type, map},
};
constexpr Field header_fields[] = {
    {"description", Type::text},
    {"required", Type::boolean},
    {"deprecated", Type::boolean},
    {"allowEmptyValue", Type::boolean},
    {"style", Type::header_style},
    {"explode", Type::boolean},
    {"allowReserved", Type::boolean},
    {"schema", Type::schema},
    {"example", Type::any},
    {"examples", Type::example, map},
    {"content", Type::media_type, map},
};
constexpr Field request_body_fields[] = {
    {"description", Type::text},
    {"content", Type::media_type, map, all, required},
    {"required", Type::boolean, one, all, optional, "A list of names belongs into the schema."},
};
constexpr Field media_type_fields[] = {
    {"schema", Type::schema},
    {"example", Type::any},
    {"examples", Type::example, map, all, optional, "A single value is given as example."},
    {"encoding", Type::encoding, map},
};
constexpr Field encoding_fields[] = {
    {"contentType", Type::text},      {"headers", Type::header, map}, {"style", Type::encoding_style},
    {"explode", Type::boolean},       {"allowReserved", Type::boolean},
};
constexpr Field responses_fields[] = {{"default", Type::response}};
constexpr Field response_fields[] = {
    {"description", Type::text, one, all, required},
    {"headers", Type::header, map},
    {"content", Type::media_type, map},
    {"links", Type::link, map},
};
constexpr Field example_fields[] = {
    {"summary", Type::text},
    {"description", Type::text},
    {"value", Type::any},
    {"externalValue", Type::url},
};
constexpr Field link_fields[] = {
    {"operationRef", Type::url},   {"operationId", Type::text}, {"parameters", Type::any, map},
    {"requestBody", Type::any},    {"description", Type::text}, {"server", Type::server},
};
constexpr Field tag_fields[] = {
    {"name", Type::text, one, all, required},
    {"description", Type::text},
    {"externalDocs", Type::external_docs},
};
constexpr std::string_view of_number = "number", of_string = "string", of_array = "array", of_object = "object";
constexpr Field schema_fields[] = {
    // Both versions
    {"title", Type::text},
    {"multipleOf", Type::positive_number, one, all, optional, {}, of_number},
    {"maximum", Type::number, one, all, optional, {}, of_number},
    {"minimum", Type::number, one, all, optional, {}, of_number},
    {"maxLength", Type::count, one, all, optional, {}, of_string},
    {"minLength", Type::count, one, all, optional, {}, of_string},
    {"pattern", Type::text, one, all, optional, {}, of_string},
    {"maxItems", Type::count, one, all, optional, {}, of_array},
    {"minItems", Type::count, one, all, optional, {}, of_array},
    {"uniqueItems", Type::boolean, one, all, optional, {}, of_array},
    {"maxProperties", Type::count, one, all, optional, {}, of_object},
    {"minProperties", Type::count, one, all, optional, {}, of_object},
    {"required", Type::property_names, one, all, optional,
     "Whether a property is required is said by the schema around it: required: [its name].", of_object},
    {"enum", Type::any, list},
    {"allOf", Type::schema, list},
    {"oneOf", Type::schema, list},
    {"anyOf", Type::schema, list},
    {"not", Type::schema},
    {"properties", Type::schema, map, all, optional, {}, of_object},
    {"description", Type::text},
    {"format", Type::text},
    {"default", Type::any},
    {"discriminator", Type::discriminator},
    {"readOnly", Type::boolean},
    {"writeOnly", Type::boolean},
    {"example", Type::any},
    {"externalDocs", Type::external_docs},
    {"deprecated", Type::boolean},
    {"xml", Type::xml},
    // 3.0
    {"type", Type::type_name, one, only_3_0, optional, "A second type \"null\" is said with nullable: true."},
    {"items", Type::schema, one, only_3_0, optional, "3.0 knows one schema for all items.", of_array},
    {"additionalProperties", Type::schema_or_boolean, one, only_3_0, optional, {}, of_object},
    {"exclusiveMaximum", Type::boolean, one, only_3_0, optional, "The limit itself stands in maximum.", of_number},
    {"exclusiveMinimum", Type::boolean, one, only_3_0, optional, "The limit itself stands in minimum.", of_number},
    {"nullable", Type::boolean, one, only_3_0, optional, "3.1 says it in the type: [string, \"null\"]."},
    // 3.1: JSON Schema 2020-12
    {"type", Type::schema_type, one, only_3_1},
    {"items", Type::schema, one, only_3_1, optional, "Schemas by place stand in prefixItems.", of_array},
    {"additionalProperties", Type::schema, one, only_3_1, optional, {}, of_object},
    {"exclusiveMaximum", Type::number, one, only_3_1, optional,
     "3.1 gives the limit here, in place of maximum.", of_number},
    {"exclusiveMinimum", Type::number, one, only_3_1, optional,
     "3.1 gives the limit here, in place of minimum.", of_number},
    {"const", Type::any, one, only_3_1, optional, "3.0 says it with an enum of one value."},
    {"examples", Type::any, list, only_3_1, optional, "A single value is given as example."},
    {"prefixItems", Type::schema, list, only_3_1, optional, {}, of_array},
    {"contains", Type::schema, one, only_3_1},
    {"minContains", Type::count, one, only_3_1},
    {"maxContains", Type::count, one, only_3_1},
    {"patternProperties", Type::schema, map, only_3_1, optional, "3.0 has only additionalProperties.", of_object},
    {"propertyNames", Type::schema, one, only_3_1},
    {"dependentRequired", Type::property_names, map, only_3_1},
    {"dependentSchemas", Type::schema, map, only_3_1},
    {"if", Type::schema, one, only_3_1},
    {"then", Type::schema, one, only_3_1},
    {"else", Type::schema, one, only_3_1},
    {"unevaluatedItems", Type::schema, one, only_3_1},
    {"unevaluatedProperties", Type::schema, one, only_3_1},
    {"contentEncoding", Type::text, one, only_3_1},
    {"contentMediaType", Type::text, one, only_3_1},
    {"contentSchema", Type::schema, one, only_3_1},
    {"$ref", Type::any, one, only_3_1},
    {"$id", Type::url, one, only_3_1},
    {"$schema", Type::url, one, only_3_1},
    {"$anchor", Type::text, one, only_3_1},
    {"$dynamicRef", Type::text, one, only_3_1},
    {"$dynamicAnchor", Type::text, one, only_3_1},
    {"$vocabulary", Type::any, one, only_3_1},
    {"$comment", Type::text, one, only_3_1},
    {"$defs", Type::schema, map, only_3_1},
};
constexpr Field discriminator_fields[] = {
    {"propertyName", Type::text, one, all, required},
    {"mapping", Type::mapping_target, map},
};
constexpr Field xml_fields[] = {
    {"name", Type::text},        {"namespace", Type::url},   {"prefix", Type::text},
    {"attribute", Type::boolean}, {"wrapped", Type::boolean},
};
constexpr Field security_scheme_fields[] = {
    {"type", Type::security_type, one, all, required},
    {"description", Type::text},
    {"name", Type::text},
    {"in", Type::api_key_place},
    {"scheme", Type::text},
    {"bearerFormat", Type::text},
    {"flows", Type::oauth_flows},
    {"openIdConnectUrl", Type::url},
};
constexpr Field oauth_flows_fields[] = {
    {"implicit", Type::implicit_flow},
    {"password", Type::password_flow},
    {"clientCredentials", Type::client_credentials_flow},
    {"authorizationCode", Type::authorization_code_flow},
};
constexpr Field implicit_fields[] = {
    {"authorizationUrl", Type::url, one, all, required},
    {"refreshUrl", Type::url},
    {"scopes", Type::text, map, all, required},
};
constexpr Field token_fields[] = {
    {"tokenUrl", Type::url, one, all, required},
    {"refreshUrl", Type::url},
    {"scopes", Type::text, map, all, required},
};
constexpr Field authorization_code_fields[] = {
    {"authorizationUrl", Type::url, one, all, required},
    {"tokenUrl", Type::url, one, all, required},
    {"refreshUrl", Type::url},
    {"scopes", Type::text, map, all, required},
};

constexpr std::string_view type_names[] = {"array", "boolean", "integer", "number", "object", "string"};
constexpr std::string_view type_names_3_1[] = {"array", "boolean", "integer", "null", "number", "object", "string"};
constexpr std::string_view parameter_places[] = {"query", "header", "path", "cookie"};
constexpr std::string_view parameter_styles[] = {"matrix",         "label",         "form",      "simple",
                                                 "spaceDelimited", "pipeDelimited", "deepObject"};
constexpr std::string_view header_styles[] = {"simple"};
constexpr std::string_view encoding_styles[] = {"form", "spaceDelimited", "pipeDelimited", "deepObject"};
constexpr std::string_view security_types[] = {"apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"};
constexpr std::string_view api_key_places[] = {"query", "header", "cookie"};

using Grammars = std::array<TypeGrammar, type_count>;

TypeGrammar value(std::string_view noun, std::string_view plural) {
  return {noun, plural};
}

TypeGrammar choice(std::string_view noun, std::string_view plural, std::span<const std::string_view> values,
                   std::string_view hint = {}) {
  return {noun, plural, {}, values, hint};
}

TypeGrammar object(std::string_view noun, std::string_view plural, std::span<const Field> fields) {
  TypeGrammar grammar{noun, plural, fields};
  grammar.is_object = true;
  return grammar;
}

TypeGrammar referable(TypeGrammar grammar) {
  grammar.may_be_reference = true;
  return grammar;
}

TypeGrammar with_names(TypeGrammar grammar, Names names, Field named) {
  grammar.names = names;
  grammar.named = named;
  return grammar;
}

Grammars make_grammars() {
  Grammars grammars;
  const auto set = [&](Type type, const TypeGrammar& grammar) { grammars[static_cast<std::size_t>(type)] = grammar; };
  set(Type::any, value("value", "values"));
  set(Type::text, value("text", "texts"));
  set(Type::boolean, value("value true or false", "values true or false"));
  set(Type::number, value("number", "numbers"));
  set(Type::positive_number, value("number above 0", "numbers above 0"));
  set(Type::count, value("whole number from 0 on", "whole numbers from 0 on"));
  set(Type::url, value("URL", "URLs"));
  set(Type::email, value("mail address", "mail addresses"));
  set(Type::property_names, value("array of property names", "arrays of property names"));
  set(Type::schema_type, choice("type or an array of types", "types", type_names_3_1));
  set(Type::mapping_target, value("name of a schema", "names of schemas"));
  set(Type::type_name, choice("type", "types", type_names));
  set(Type::parameter_place, choice("place of a parameter", "places", parameter_places,
                                    "OpenAPI 3 describes a body in requestBody."));
  set(Type::parameter_style, choice("style", "styles", parameter_styles));
  set(Type::header_style, choice("style", "styles", header_styles));
  set(Type::encoding_style, choice("style", "styles", encoding_styles));
  set(Type::security_type, choice("type of a security scheme", "types", security_types,
                                  "Basic and bearer authentication are type: http with their scheme."));
  set(Type::api_key_place, choice("place of an API key", "places", api_key_places));

  set(Type::document, object("OpenAPI document", "OpenAPI documents", document_fields));
  set(Type::info, object("info object", "info objects", info_fields));
  set(Type::contact, object("contact object", "contact objects", contact_fields));
  set(Type::license, object("license object", "license objects", license_fields));
  set(Type::server, object("server", "servers", server_fields));
  set(Type::server_variable, object("server variable", "server variables", server_variable_fields));
  set(Type::components, object("components object", "components objects", components_fields));
  set(Type::paths,
      with_names(object("paths object", "paths objects", {}), Names::paths, {{}, Type::path_item}));
  set(Type::path_item, referable(object("path item", "path items", path_item_fields)));
  set(Type::operation, object("operation", "operations", operation_fields));
  set(Type::external_docs, object("externalDocs object", "externalDocs objects", external_docs_fields));
  set(Type::parameter, referable(object("parameter", "parameters", parameter_fields)));
  set(Type::request_body, referable(object("request body", "request bodies", request_body_fields)));
  set(Type::media_type, object("media type object", "media type objects", media_type_fields));
  set(Type::encoding, object("encoding object", "encoding objects", encoding_fields));
  set(Type::responses, with_names(object("responses object", "responses objects", responses_fields), Names::statuses,
                                  {{}, Type::response}));
  set(Type::response, referable(object("response", "responses", response_fields)));
  set(Type::callback, referable(with_names(object("callback", "callbacks", {}), Names::expressions,
                                           {{}, Type::path_item})));
  set(Type::example, referable(object("example object", "example objects", example_fields)));
  set(Type::link, referable(object("link", "links", link_fields)));
  set(Type::header, referable(object("header", "headers", header_fields)));
  set(Type::tag, object("tag", "tags", tag_fields));
  set(Type::schema, referable(object("schema", "schemas", schema_fields)));
  set(Type::schema_or_boolean, referable(object("schema, true or false", "schemas", schema_fields)));
  set(Type::discriminator, object("discriminator", "discriminators", discriminator_fields));
  set(Type::xml, object("xml object", "xml objects", xml_fields));
  set(Type::security_scheme, referable(object("security scheme", "security schemes", security_scheme_fields)));
  set(Type::oauth_flows, object("flows object", "flows objects", oauth_flows_fields));
  set(Type::implicit_flow, object("flow", "flows", implicit_fields));
  set(Type::password_flow, object("flow", "flows", token_fields));
  set(Type::client_credentials_flow, object("flow", "flows", token_fields));
  set(Type::authorization_code_flow, object("flow", "flows", authorization_code_fields));
  set(Type::security_requirement, with_names(object("security requirement", "security requirements", {}),
                                             Names::schemes, {{}, Type::text, list}));
  return grammars;
}

/// The fields of one type in one version, by length and then by name: most names differ in length from the one wanted.
struct ByName {
  static bool less(std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
  std::vector<Field> fields;

  void add(std::span<const Field> more, Version version) {
    std::ranges::copy_if(more, std::back_inserter(fields), [&](const Field& field) { return field.is_in(version); });
    std::ranges::sort(fields, &less, &Field::name);
  }
  const Field* find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(fields, name, &less, &Field::name);
    return found != fields.end() && found->name == name ? &*found : nullptr;
  }
};

using Index = std::array<ByName, type_count>;

Index make_index(Version version) {
  Index index;
  for (std::size_t i = 0; i < type_count; ++i) index[i].add(grammar_of(static_cast<Type>(i)).fields, version);
  return index;
}

}  // namespace

const TypeGrammar& grammar_of(Type type) {
  static const Grammars grammars = make_grammars();
  return grammars[static_cast<std::size_t>(type)];
}

const Field* find_field(Type type, Version version, std::string_view name) {
  static const Index of_3_0 = make_index(Version::v3_0), of_3_1 = make_index(Version::v3_1);
  return (version == Version::v3_0 ? of_3_0 : of_3_1)[static_cast<std::size_t>(type)].find(name);
}

std::string with_article(std::string_view noun) {
  constexpr std::string_view vowels = "aeiouAEIO";
  const bool begins_with_vowel = !noun.empty() && vowels.find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", begins_with_vowel ? "an" : "a", noun);
}

std::string spoken(const Field& field) {
  const TypeGrammar& grammar = grammar_of(field.type);
  if (field.form == Form::list) return fmt::format("an array of {}", grammar.plural);
  if (field.form == Form::map) return fmt::format("an object that maps names to {}", grammar.plural);
  if (!grammar.values.empty() && field.type != Type::schema_type)
    return fmt::format("one of {}", fmt::join(grammar.values, ", "));
  if (field.type == Type::boolean) return "true or false";
  return with_article(grammar.noun);
}

}  // namespace plugvet::openapi
