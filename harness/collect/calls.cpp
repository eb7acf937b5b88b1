#include "harness/collect/calls.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/openapi/calling.h"
#include "harness/support/percent.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

using openapi::Description;
using openapi::Node;
using openapi::Operation;
using openapi::Parameter;
using openapi::RequestBody;

constexpr unsigned deepest_value = 6;             // of values that are made up
constexpr std::size_t most_calls = 500;     // every one is called a dozen times
constexpr std::size_t longest_value = 2000;

std::string_view text_of(const Node& node) {
  const auto* text = node ? node.value->get_ptr<const std::string*>() : nullptr;
  return text ? std::string_view{*text} : std::string_view{};
}

/// The examples that a parameter, a media type or a schema gives.
const Json* example_of(const Description& api, const Node& node) {
  if (const Node example = member(node, "example")) return example.value;
  const Node examples = member(node, "examples");
  if (!examples || examples.value->empty()) return nullptr;
  if (examples.value->is_array()) return &examples.value->front();
  if (!examples.value->is_object()) return nullptr;
  const Node first = api.resolved(member(examples, examples.value->begin().key()));
  const Node value = member(first, "value");
  return value ? value.value : nullptr;
}

Json made_up_text(const Node& schema) {
  const std::string_view format = text_of(member(schema, "format"));
  if (format == "date") return "2026-01-01";
  if (format == "date-time") return "2026-01-01T00:00:00Z";
  if (format == "uuid") return "00000000-0000-4000-8000-000000000000";
  if (format == "email") return "someone@example.com";
  if (format == "uri") return "https://example.com/";
  return "example";
}

Json value_for(const Description& api, const Node& written, unsigned depth);

Json made_up_object(const Description& api, const Node& schema, unsigned depth) {
  Json object = Json::object();
  const Node required = member(schema, "required");
  if (!required || !required.value->is_array()) return object;
  for (const Json& name : *required.value)
    if (name.is_string())
      object[name.get<std::string>()] =
          value_for(api, member(member(schema, "properties"), name.get_ref<const std::string&>()), depth + 1);
  return object;
}

Json made_up(const Description& api, const Node& schema, unsigned depth) {
  const Node type = member(schema, "type");
  const std::string_view name = type && type.value->is_array() ? text_of(item(type, 0)) : text_of(type);
  if (name == "object" || (name.empty() && member(schema, "properties"))) return made_up_object(api, schema, depth);
  if (name == "array") return Json::array();
  if (name == "boolean") return true;
  if (name == "integer" || name == "number") {
    const Node minimum = member(schema, "minimum");
    return minimum && minimum.value->is_number() ? *minimum.value : Json(1);
  }
  return made_up_text(schema);
}

Json value_for(const Description& api, const Node& written, unsigned depth) {
  if (depth > deepest_value) return nullptr;
  const Node schema = api.resolved(written);
  if (!schema || !schema.value->is_object()) return "example";
  if (const Json* example = example_of(api, schema)) return *example;
  for (const char* name : {"default", "const"})
    if (const Node given = member(schema, name)) return *given.value;
  if (const Node values = member(schema, "enum"); values && values.value->is_array() && !values.value->empty())
    return values.value->front();
  for (const char* name : {"allOf", "oneOf", "anyOf"})
    if (const Node parts = member(schema, name); parts && parts.value->is_array() && !parts.value->empty())
      return value_for(api, item(parts, 0), depth + 1);
  return made_up(api, schema, depth);
}

Json value_for(const Description& api, const Parameter& parameter) {
  if (const Json* example = example_of(api, parameter.node)) return *example;
  return value_for(api, parameter.schema, 0);
}

/// As one text in a URL or header; what is structured is not tried.
std::string plain(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_primitive() && !value.is_null() ? value.dump() : std::string{};
}

bool can_be_header(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void add_parameter(const Description& api, const Parameter& parameter, OperationCall& call) {
  const bool is_path = parameter.in == "path";
  if (!is_path && !parameter.required) return;
  const std::string value = plain(value_for(api, parameter));
  const std::string name{parameter.name};
  if (value.empty() || value.size() > longest_value || !can_be_header(value)) {
    call.not_possible_because = "its parameter " + printable(shortened(name, 60)) + " has no example";
  } else if (is_path) {
    call.path_values[name] = percent_encoded(value);
  } else if (parameter.in == "query") {
    call.query += (call.query.empty() ? "?" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
  } else if (parameter.in == "header" && !equal_ignoring_case_ascii(name, "authorization")) {
    call.headers.push_back({name, value});
  }
}

void add_body(const Description& api, const RequestBody& body, OperationCall& call) {
  const auto is_json = [](const openapi::MediaType& type) { return type.name.find("json") != std::string_view::npos; };
  const auto type = std::ranges::find_if(body.content, is_json);
  if (type == body.content.end()) {
    if (body.required) call.not_possible_because = "its body is not JSON";
    return;
  }
  const Json* example = example_of(api, type->node);
  call.body = (example ? *example : value_for(api, type->schema, 0)).dump(-1, ' ', false, Json::error_handler_t::replace);
  call.headers.push_back({"Content-Type", "application/json"});
}

OperationCall call_of(const ApiDescription& api, const Operation& operation) {
  const Description& description = *api.description;
  OperationCall call;
  call.method = to_upper_ascii(operation.method);
  call.path = operation.path;
  call.id = operation.id;
  call.where = api.at(operation.node.place);
  call.server = openapi::call_address(operation, api);
  if (call.server.empty()) call.not_possible_because = "there is no server to call it at";
  for (const Parameter& parameter : operation.parameters) add_parameter(description, parameter, call);
  if (operation.request_body && !call.only_reads()) add_body(description, *operation.request_body, call);
  return call;
}

}  // namespace

std::vector<OperationCall> operation_calls(const Evidence& evidence) {
  std::vector<OperationCall> calls;
  const ApiDescription* api = evidence.api ? evidence.api->value() : nullptr;
  if (!api || !api->description->is_openapi_3()) return calls;
  const bool is_said = openapi::speaks_of_security(*api->description);
  for (const Operation& operation : api->description->operations)
    if ((!is_said || openapi::asks_for_authentication(operation)) && calls.size() < most_calls)
      calls.push_back(call_of(*api, operation));
  return calls;
}

}  // namespace plugvet
