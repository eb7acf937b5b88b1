#include "harness/openapi/function_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet::openapi {
namespace {

constexpr std::size_t deepest = 8;
constexpr std::size_t most_types = 2'000;     // of one function
constexpr std::size_t most_enum_values = 50;  // the platforms show them all; a report need not

bool is_identifier(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  return !name.empty() && std::ranges::all_of(name, fits) && !(name[0] >= '0' && name[0] <= '9');
}

std::string quoted(std::string_view text) {
  return Json(std::string{text}).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string member_name(std::string_view name) {
  return is_identifier(name) ? std::string{name} : quoted(name);
}

void append_comment(std::string& out, std::size_t indent, std::string_view text) {
  text = trimmed(text);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.append(indent, ' ').append("// ").append(printable(trimmed(text.substr(0, end)))).push_back('\n');
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string_view text_in(const Node& node, std::string_view name) {
  const std::string* text = node ? text_of(*node.value, name) : nullptr;
  return text ? std::string_view{*text} : std::string_view{};
}

/// Writes the type of a schema. Circles and bombs end at a depth and a number of types.
class TypeWriter {
 public:
  explicit TypeWriter(const Description& description) : description_{description} {}

  std::string type_of(const Node& written, std::size_t indent, std::size_t depth = 0) {
    const Node schema = description_.resolved(written);
    if (!schema || !schema.value->is_object() || depth > deepest || ++types_ > most_types) return "any";
    if (const Node values = member(schema, "enum"); values && values.value->is_array()) return enum_of(*values.value);
    if (const Node constant = member(schema, "const")) return literal(*constant.value);
    for (const auto& [keyword, sign] : {std::pair{"oneOf", " | "}, std::pair{"anyOf", " | "}, std::pair{"allOf", " & "
                                                  ""}})
      if (const Node list = member(schema, keyword); list && list.value->is_array() && !list.value->empty())
        return joined(list, sign, indent, depth);
    return plain(schema, indent, depth);
  }

  /// The members of an object type, one line or more each.
  void append_members(std::string& out, const Node& written, std::size_t indent, std::size_t depth = 0) {
    const Node schema = description_.resolved(written);
    if (const Node all = member(schema, "allOf"); all && all.value->is_array())
      for (std::size_t i = 0; i < all.value->size() && depth < deepest; ++i)
        append_members(out, item(all, i), indent, depth + 1);
    const Node properties = member(schema, "properties");
    const auto* members = properties ? properties.value->get_ptr<const Json::object_t*>() : nullptr;
    if (!members) return;
    const Node required = member(schema, "required");
    for (const auto& [name, value] : *members) {
      const bool is_required = required && required.value->is_array() &&
                               std::ranges::find(*required.value, Json(name)) != required.value->end();
      append_member(out, name, is_required, {&value, {}}, {}, indent, depth);
    }
  }

  void append_member(std::string& out, std::string_view name, bool is_required, const Node& schema,
                     std::string_view about, std::size_t indent, std::size_t depth = 0) {
    if (types_ > most_types) return;
    const Node target = description_.resolved(schema);
    append_comment(out, indent, about.empty() ? text_in(target, "description") : about);
    out.append(indent, ' ').append(member_name(name)).append(is_required ? ": " : "?: ");
    out.append(type_of(schema, indent, depth)).append(",");
    if (const Node otherwise = member(target, "default"))
      out.append(" // default: ").append(printable(shortened(literal(*otherwise.value), 200)));
    out.push_back('\n');
  }

 private:
  static std::string literal(const Json& value) {
    return value.is_structured() ? "any" : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  static std::string enum_of(const Json& values) {
    std::string type;
    for (std::size_t i = 0; i < std::min(values.size(), most_enum_values); ++i)
      type.append(i == 0 ? "" : " | ").append(printable(shortened(literal(values[i]), 200)));
    if (values.size() > most_enum_values)
      type += fmt::format(" /* and {} more */", values.size() - most_enum_values);
    return type.empty() ? "never" : type;
  }

  std::string joined(const Node& list, std::string_view sign, std::size_t indent, std::size_t depth) {
    std::string type;
    for (std::size_t i = 0; i < list.value->size() && types_ <= most_types; ++i) {
      const std::string part = type_of(item(list, i), indent, depth + 1);
      if (type.empty())
        type = part;
      else if (part != "any")
        type.append(sign).append(part);
    }
    return type;
  }

  /// 3.1 may give several types.
  std::string plain(const Node& schema, std::size_t indent, std::size_t depth) {
    const Node type = member(schema, "type");
    if (type && type.value->is_array()) {
      std::string all;
      for (const Json& one : *type.value)
        if (one.is_string())
          all.append(all.empty() ? "" : " | ").append(named(one.get_ref<const std::string&>(), schema, indent, depth));
      return all.empty() ? "any" : all;
    }
    const bool is_implied_object = !type && member(schema, "properties");
    return named(is_implied_object ? "object" : text_in(schema, "type"), schema, indent, depth);
  }

  std::string named(std::string_view type, const Node& schema, std::size_t indent, std::size_t depth) {
    if (type == "integer" || type == "number") return "number";
    if (type == "string" || type == "boolean" || type == "null") return std::string{type};
    if (type == "array") {
      const std::string items = type_of(member(schema, "items"), indent, depth + 1);
      return items.find_first_of("|& ") == std::string::npos ? items + "[]" : "Array<" + items + ">";
    }
    if (type != "object") return "any";
    std::string members;
    append_members(members, schema, indent + 2, depth + 1);
    if (members.empty()) return "object";
    return "{\n" + members + std::string(indent, ' ') + "}";
  }

  const Description& description_;
  std::size_t types_ = 0;
};

std::string upper_case(std::string_view word) {
  std::string out{word};
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

/// A name that could stand in a program, for what has none.
std::string invented_name(const Operation& operation) {
  std::string name{operation.method};
  for (const char c : operation.path) {
    const std::string_view one{&c, 1};
    if (is_identifier(one) || (c >= '0' && c <= '9'))
      name += c;
    else if (name.back() != '_')
      name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  return name;
}

void append_parameters(std::string& out, TypeWriter& types, const Operation& operation) {
  for (const Parameter& parameter : operation.parameters) {
    // Neither headers nor cookies are ever filled in by the model.
    if (parameter.name.empty() || parameter.in == "header" || parameter.in == "cookie") continue;
    types.append_member(out, parameter.name, parameter.required, parameter.schema, parameter.description, 2);
  }
}

void append_body(std::string& out, TypeWriter& types, const Description& description, const Operation& operation) {
  if (!operation.request_body || operation.request_body->content.empty()) return;
  const RequestBody& body = *operation.request_body;
  const auto json = std::ranges::find(body.content, std::string_view{"application/json"}, &MediaType::name);
  const MediaType& type = json == body.content.end() ? body.content.front() : *json;
  const std::size_t before = out.size();
  types.append_members(out, type.schema, 2);
  if (out.size() == before && description.resolved(type.schema))
    types.append_member(out, "body", body.required, type.schema, body.description, 2);
}

ModelFunction function_of(const Description& description, const Operation& operation) {
  ModelFunction function;
  function.name = printable(operation.id.empty() ? invented_name(operation) : std::string{operation.id});
  function.method = upper_case(operation.method);
  function.path = printable(operation.path);
  std::string members;
  TypeWriter types{description};
  append_parameters(members, types, operation);
  append_body(members, types, description, operation);
  std::string& text = function.text;
  append_comment(text, 0, operation.summary);
  if (operation.description != operation.summary) append_comment(text, 0, operation.description);
  text += fmt::format("type {} = (", function.name);
  text += members.empty() ? ") => any;\n\n" : "_: {\n" + members + "}) => any;\n\n";
  function.cost = cost_of(text);
  return function;
}

}  // namespace

FunctionList function_list(const Description& description, std::string_view name, std::string_view about) {
  const Node info = member(description.root, "info");
  FunctionList list;
  list.name = printable(is_blank(name) ? text_in(info, "title") : name);
  append_comment(list.head, 0, is_blank(about) ? text_in(info, "description") : about);
  list.head += fmt::format("namespace {} {{\n\n", list.name.empty() ? "api" : list.name);
  list.foot = fmt::format("}} // namespace {}\n", list.name.empty() ? "api" : list.name);
  list.head_cost = cost_of(list.head);
  list.cost += list.head_cost;
  list.cost += cost_of(list.foot);
  list.functions.reserve(description.operations.size());
  for (const Operation& operation : description.operations) {
    list.functions.push_back(function_of(description, operation));
    list.cost += list.functions.back().cost;
  }
  return list;
}

}  // namespace plugvet::openapi
