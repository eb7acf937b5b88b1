#include "harness/openapi/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/model/snapshot.h"
#include "harness/support/text.h"

namespace plugvet::openapi {
namespace {

constexpr unsigned deepest_member = 5;                  // of members within members
constexpr std::size_t most_of_operation = 150;   // inputs, and as many members of answers
constexpr std::size_t most_operations = 2000;
constexpr std::size_t most_fields = 20'000;      // of all operations together
constexpr std::size_t most_values_kept = 60;

Json types_of(const Json& schema) {
  Json types = Json::array();
  const Json* type = member_of(schema, "type");
  if (type && type->is_string()) types.push_back(*type);
  if (type && type->is_array())
    for (const Json& one : *type)
      if (one.is_string()) types.push_back(one);
  if (const Json* nullable = member_of(schema, "nullable"); nullable && nullable->is_boolean() && nullable->get<bool>())
    types.push_back("null");
  return types;
}

std::string value_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Json enum_of(const Json& schema) {
  Json values = Json::array();
  const Json* list = member_of(schema, "enum");
  for (std::size_t i = 0; list && list->is_array() && i < std::min(list->size(), most_values_kept); ++i) {
    values.push_back(snapshot_text(value_text((*list)[i])));
  }
  return values;
}

Json limits_of(const Json& schema) {
  Json limits = Json::object();
  for (const char* name : {"maxLength", "minLength", "maximum", "minimum", "maxItems", "minItems", "format", "pattern"})
    if (const Json* limit = member_of(schema, name); limit && (limit->is_number() || limit->is_string()))
      limits[name] = limit->is_string() ? Json(snapshot_text(limit->get_ref<const std::string&>())) : *limit;
  return limits;
}

bool is_in(const Json* list, std::string_view name) {
  return list && list->is_array() && std::ranges::any_of(*list, [&](const Json& item) { return item.is_string() && item == name; });
}

/// The members of a schema, each by its path: "todos[].text".
class Members {
 public:
  Members(const Description& description, bool is_input) : description_{description}, is_input_{is_input} {}

  void add(const std::string& path, const Node& written, bool required, std::string_view text, unsigned depth = 0) {
    const Node schema = description_.resolved(written);
    if (fields_.size() == most_of_operation || depth > deepest_member || !schema || !schema.value->is_object()) return;
    if (!path.empty() && !fields_.contains(path)) {
      fields_[path] = field(*schema.value, required, text);
      if (written.place.file == 0) fields_[path]["at"] = written.place.pointer;
    }
    add_within(path, schema, depth);
  }

  Json take() { return std::move(fields_); }

 private:
  Json field(const Json& schema, bool required, std::string_view text) const {
    Json field = Json::object();
    if (Json types = types_of(schema); !types.empty()) field["types"] = std::move(types);
    if (required) field["required"] = true;
    if (!is_input_) return field;
    if (const Json* usual = member_of(schema, "default")) field["default"] = snapshot_text(value_text(*usual));
    if (Json values = enum_of(schema); !values.empty()) field["enum"] = std::move(values);
    if (Json limits = limits_of(schema); !limits.empty()) field["limits"] = std::move(limits);
    const std::string* own = text_of(schema, "description");
    if (const std::string_view said = !text.empty() || !own ? text : std::string_view{*own}; !said.empty())
      field["text"] = snapshot_text(said);
    return field;
  }

  void add_within(const std::string& path, const Node& schema, unsigned depth) {
    if (const Node properties = member(schema, "properties"); properties && properties.value->is_object()) {
      const Json* required = member_of(*schema.value, "required");
      for (const auto& [name, value] : *properties.value->get_ptr<const Json::object_t*>())
        add(path.empty() ? name : path + "." + name, member(properties, name), is_in(required, name), {}, depth + 1);
    }
    if (const Node items = member(schema, "items")) add(path + "[]", items, false, {}, depth + 1);
    for (const char* kind : {"allOf", "oneOf", "anyOf"})
      if (const Node list = member(schema, kind); list && list.value->is_array())
        for (std::size_t i = 0; i < list.value->size(); ++i) {
          const Node one = description_.resolved(item(list, i));
          if (one && one.value->is_object() && depth < deepest_member && fields_.size() < most_of_operation) {
            ++depth;
            add_within(path, one, depth);
            --depth;
          }
        }
  }

  const Description& description_;
  bool is_input_;
  Json fields_ = Json::object();
};

Json inputs_of(const Description& description, const Operation& operation) {
  Members members{description, true};
  for (const Parameter& parameter : operation.parameters)
    members.add(fmt::format("{} {}", parameter.in, parameter.name), parameter.schema, parameter.required, parameter.description);
  if (operation.request_body)
    for (const MediaType& media : operation.request_body->content) members.add("body", media.schema, operation.request_body->required, {});
  return members.take();
}

Json answers_of(const Description& description, const Operation& operation) {
  Members members{description, false};
  for (const Response& response : operation.responses)
    for (const MediaType& media : response.content)
      if (response.status.starts_with('2')) members.add(std::string{response.status}, media.schema, false, {});
  return members.take();
}

Json security_of(const Operation& operation) {
  Json list = Json::array();
  for (const SecurityRequirement& requirement : operation.security) {
    std::vector<std::string> names{requirement.schemes.begin(), requirement.schemes.end()};
    std::ranges::sort(names);
    list.push_back(names.empty() ? "none" : snapshot_text(listed(names)));
  }
  return list;
}

Json servers_of(std::span<const Server> servers) {
  Json list = Json::array();
  for (const Server& server : servers.first(std::min<std::size_t>(servers.size(), 20))) list.push_back(snapshot_text(server.address));
  return list;
}

std::string text_of_operation(const Operation& operation) {
  std::string text{operation.summary};
  if (!operation.description.empty()) text += (text.empty() ? "" : "\n") + std::string{operation.description};
  return snapshot_text(text);
}

Json operation_snapshot(const Description& description, const Operation& operation, std::size_t& room) {
  Json snapshot = Json::object();
  snapshot["at"] = operation.node.place.pointer;
  if (!operation.id.empty()) snapshot["id"] = snapshot_text(operation.id);
  if (std::string text = text_of_operation(operation); !text.empty()) snapshot["text"] = std::move(text);
  if (Json security = security_of(operation); !security.empty()) snapshot["security"] = std::move(security);
  if (operation.deprecated) snapshot["deprecated"] = true;
  if (operation.is_consequential && operation.is_consequential.value->is_boolean())
    snapshot["confirmed"] = *operation.is_consequential.value;
  for (const Response& response : operation.responses)
    snapshot["statuses"][snapshot_text(response.status)] = snapshot_text(response.description);
  if (operation.servers.data() != description.servers.data()) snapshot["servers"] = servers_of(operation.servers);
  if (room == 0) {
    snapshot["digest"] = sha256(operation.node.value->dump()).substr(0, 16);
    return snapshot;
  }
  Json inputs = inputs_of(description, operation), answers = answers_of(description, operation);
  room -= std::min(room, inputs.size() + answers.size());
  if (!inputs.empty()) snapshot["inputs"] = std::move(inputs);
  if (!answers.empty()) snapshot["answers"] = std::move(answers);
  return snapshot;
}

}  // namespace

Json snapshot_of(const Description& description) {
  Json snapshot = Json::object();
  if (const Node info = member(description.root, "info"); info && info.value->is_object())
    if (const std::string* text = text_of(*info.value, "description")) snapshot["text"] = snapshot_text(*text);
  snapshot["servers"] = servers_of(description.servers);
  Json operations = Json::object();
  std::size_t room = most_fields;
  for (const Operation& operation : description.operations) {
    if (operations.size() == most_operations) break;
    std::string name{operation.method};
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    operations[snapshot_text(name + " " + std::string{operation.path})] = operation_snapshot(description, operation, room);
  }
  snapshot["operations"] = std::move(operations);
  return snapshot;
}

}  // namespace plugvet::openapi
