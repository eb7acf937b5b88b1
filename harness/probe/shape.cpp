#include "harness/probe/shape.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace plugvet {
namespace {

using openapi::Node;

constexpr std::size_t most_alternatives = 8;
constexpr unsigned deepest_composition = 12;
constexpr std::size_t most_listed = 500;

std::optional<long double> number_in(const Json& schema, const char* name) {
  const auto found = schema.find(name);
  if (found == schema.end() || !found->is_number()) return {};
  if (found->is_number_unsigned()) return static_cast<long double>(found->get<std::uint64_t>());
  if (found->is_number_integer()) return static_cast<long double>(found->get<std::int64_t>());
  return static_cast<long double>(found->get<double>());
}

std::optional<std::size_t> count_in(const Json& schema, const char* name) {
  const auto number = number_in(schema, name);
  if (!number || *number < 0 || *number > 1e15L) return {};
  return static_cast<std::size_t>(*number);
}

bool flag_in(const Json& schema, const char* name) {
  const auto found = schema.find(name);
  return found != schema.end() && found->is_boolean() && found->get<bool>();
}

void add_type(std::string_view name, JsonTypes& types) {
  using enum JsonType;
  if (name == "null") types.add(null);
  if (name == "boolean") types.add(boolean);
  if (name == "integer" || name == "number") types.add(integer);
  if (name == "number") types.add(number);
  if (name == "string") types.add(string);
  if (name == "array") types.add(array);
  if (name == "object") types.add(object);
}

JsonTypes types_in(const Json& schema) {
  JsonTypes types;
  if (const auto type = schema.find("type"); type != schema.end()) {
    if (type->is_string()) add_type(type->get_ref<const std::string&>(), types);
    if (type->is_array())
      for (const Json& one : *type)
        if (one.is_string()) add_type(one.get_ref<const std::string&>(), types);
  }
  if (types.empty()) return JsonTypes::all();
  if (flag_in(schema, "nullable")) types.add(JsonType::null);
  return types;
}

void lower(std::optional<std::size_t>& limit, std::optional<std::size_t> other) {
  if (other) limit = limit ? std::min(*limit, *other) : *other;
}

void read_numbers(const Json& schema, Shape& shape) {
  const auto raise_minimum = [&](std::optional<long double> to, bool excluded) {
    if (!to || (shape.minimum && *shape.minimum > *to)) return;
    shape.minimum_is_excluded = excluded || (shape.minimum == to && shape.minimum_is_excluded);
    shape.minimum = to;
  };
  const auto lower_maximum = [&](std::optional<long double> to, bool excluded) {
    if (!to || (shape.maximum && *shape.maximum < *to)) return;
    shape.maximum_is_excluded = excluded || (shape.maximum == to && shape.maximum_is_excluded);
    shape.maximum = to;
  };
  raise_minimum(number_in(schema, "minimum"), flag_in(schema, "exclusiveMinimum"));
  lower_maximum(number_in(schema, "maximum"), flag_in(schema, "exclusiveMaximum"));
  raise_minimum(number_in(schema, "exclusiveMinimum"), true);
  lower_maximum(number_in(schema, "exclusiveMaximum"), true);
  if (const auto multiple = number_in(schema, "multipleOf"); multiple && *multiple > 0) shape.multiple = multiple;
}

void read_texts(const Json& schema, Shape& shape) {
  shape.least_length = std::max(shape.least_length, count_in(schema, "minLength").value_or(0));
  lower(shape.most_length, count_in(schema, "maxLength"));
  if (const auto format = schema.find("format"); format != schema.end() && format->is_string()) shape.format = *format;
  if (const auto pattern = schema.find("pattern"); pattern != schema.end() && pattern->is_string())
    shape.patterns.push_back(*pattern);
}

void read_values(const Json& schema, Shape& shape) {
  const auto allow = [&](std::vector<Json> values) {
    if (shape.values) {
      std::erase_if(*shape.values, [&](const Json& one) { return std::ranges::find(values, one) == values.end(); });
    } else {
      shape.values = std::move(values);
    }
  };
  if (const auto list = schema.find("enum"); list != schema.end() && list->is_array())
    allow({list->begin(), list->begin() + static_cast<std::ptrdiff_t>(std::min(list->size(), most_listed))});
  if (const auto constant = schema.find("const"); constant != schema.end()) allow({*constant});
  for (const char* name : {"example", "default"})
    if (const auto found = schema.find(name); found != schema.end()) shape.examples.push_back(*found);
  if (const auto list = schema.find("examples"); list != schema.end() && list->is_array())
    for (const Json& one : *list)
      if (shape.examples.size() < most_listed) shape.examples.push_back(one);
}

void read_containers(const Node& node, Shape& shape) {
  const Json& schema = *node.value;
  shape.least_items = std::max(shape.least_items, count_in(schema, "minItems").value_or(0));
  lower(shape.most_items, count_in(schema, "maxItems"));
  shape.items_are_unique |= flag_in(schema, "uniqueItems");
  if (const Node items = member(node, "items"); items && !items.value->is_array()) shape.items = items;
  shape.least_members = std::max(shape.least_members, count_in(schema, "minProperties").value_or(0));
  if (const Node properties = member(node, "properties"); properties && properties.value->is_object())
    for (const auto& [name, ignored] : properties.value->items()) {
      if (flag_in(ignored.is_object() ? ignored : Json::object(), "readOnly")) continue;
      const auto same = std::ranges::find(shape.properties, name, &std::pair<std::string, Node>::first);
      if (same == shape.properties.end() && shape.properties.size() < most_listed)
        shape.properties.emplace_back(name, member(properties, name));
    }
  if (const auto required = schema.find("required"); required != schema.end() && required->is_array())
    for (const Json& name : *required)
      if (name.is_string() && shape.required.size() < most_listed &&
          !shape.requires_member(name.get_ref<const std::string&>()))
        shape.required.push_back(name);
  for (const char* name : {"additionalProperties", "unevaluatedProperties"})
    if (const auto rest = schema.find(name); rest != schema.end() && rest->is_boolean() && !rest->get<bool>())
      shape.takes_unknown = false;
}

class ShapeReader {
 public:
  explicit ShapeReader(const openapi::Description& description) : description_{description} {}

  /// Adds what a schema asks for to each of the shapes; alternatives make more of them.
  std::vector<Shape> with(std::vector<Shape> shapes, const Node& written, unsigned depth) const {
    const Node node = description_.resolved(written);
    if (depth > deepest_composition || !node) return {};
    if (node.value->is_boolean()) return node.value->get<bool>() ? shapes : std::vector<Shape>{};
    if (!node.value->is_object()) return shapes;
    for (Shape& shape : shapes) read(node, shape);
    for (const Node& part : parts(node, "allOf")) shapes = with(std::move(shapes), part, depth + 1);
    for (const char* keyword : {"oneOf", "anyOf"}) {
      const auto choices = parts(node, keyword);
      if (choices.empty()) continue;
      std::vector<Shape> all;
      for (const Node& choice : choices)
        for (Shape& one : with(shapes, choice, depth + 1))
          if (all.size() < most_alternatives) all.push_back(std::move(one));
      shapes = std::move(all);
    }
    std::erase_if(shapes, [](const Shape& shape) { return shape.types.empty(); });
    return shapes;
  }

 private:
  static std::vector<Node> parts(const Node& node, const char* keyword) {
    const Node list = member(node, keyword);
    std::vector<Node> all;
    if (list && list.value->is_array())
      for (std::size_t i = 0; i < std::min(list.value->size(), std::size_t{20}); ++i) all.push_back(item(list, i));
    return all;
  }

  static void read(const Node& node, Shape& shape) {
    shape.types = shape.types & types_in(*node.value);
    read_values(*node.value, shape);
    read_numbers(*node.value, shape);
    read_texts(*node.value, shape);
    read_containers(node, shape);
  }

  const openapi::Description& description_;
};

}  // namespace

bool Shape::requires_member(std::string_view name) const {
  return std::ranges::find(required, name) != required.end();
}

std::vector<Shape> shapes_of(const openapi::Description& description, const openapi::Node& schema) {
  if (!schema) return {Shape{}};
  return ShapeReader{description}.with({Shape{}}, schema, 0);
}

}  // namespace plugvet
