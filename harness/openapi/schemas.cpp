#include "harness/openapi/schemas.h"

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace plugvet::openapi {
namespace {

enum class Holds : unsigned char { schema, schemas, named_schemas };

struct Keyword {
  std::string_view name;
  Holds holds;
};

// What 3.0 does not know is walked too: it may be meant.
constexpr Keyword keywords[] = {
    {"properties", Holds::named_schemas},           {"items", Holds::schema},
    {"allOf", Holds::schemas},               {"anyOf", Holds::schemas},
    {"oneOf", Holds::schemas},               {"not", Holds::schema},
    {"additionalProperties", Holds::schema}, {"patternProperties", Holds::named_schemas},
    {"prefixItems", Holds::schemas},         {"contains", Holds::schema},
    {"propertyNames", Holds::schema},     {"if", Holds::schema},
    {"then", Holds::schema},              {"else", Holds::schema},
    {"dependentSchemas", Holds::named_schemas},     {"unevaluatedItems", Holds::schema},
    {"unevaluatedProperties", Holds::schema}, {"contentSchema", Holds::schema},
    {"$defs", Holds::named_schemas},
};

/// Recursion within a schema is bounded by the depth of documents; what references lead to waits in a queue.
class SchemaWalk {
 public:
  SchemaWalk(const Description& description, const std::function<void(const Schema&)>& visit)
      : description_{description}, visit_{visit} {}

  void run() {
    for (const Operation& operation : description_.operations) start_inputs(operation);
    drain();
    for (const Operation& operation : description_.operations) start_outputs(operation);
    drain();
    start_components();
    drain();
  }

 private:
  struct Start {
    Node node;
    SchemaUse use;
    const Operation* operation;
  };

  void start(const Node& node, SchemaUse use, const Operation* operation) {
    if (node && seen_.insert(node.value).second) queue_.push_back({node, use, operation});
  }

  void start_inputs(const Operation& operation) {
    for (const Parameter& parameter : operation.parameters) start(parameter.schema, SchemaUse::input, &operation);
    if (operation.request_body)
      for (const MediaType& type : operation.request_body->content) start(type.schema, SchemaUse::input, &operation);
  }

  void start_outputs(const Operation& operation) {
    for (const Response& response : operation.responses) {
      for (const MediaType& type : response.content) start(type.schema, SchemaUse::output, &operation);
      for (const Header& header : response.headers) start(header.schema, SchemaUse::output, &operation);
    }
  }

  void start_components() {
    const Node schemas = member(member(description_.root, "components"), "schemas");
    const auto* members = schemas ? schemas.value->get_ptr<const Json::object_t*>() : nullptr;
    if (!members) return;
    for (const auto& [name, value] : *members)
      if (!seen_.contains(&value))
        start({&value, {schemas.place.file, join_pointer(schemas.place.pointer, name)}}, SchemaUse::unused, nullptr);
  }

  void drain() {
    for (; !queue_.empty(); queue_.pop_front()) {
      const Start& next = queue_.front();
      visit(Schema{*next.node.value, next.use, next.operation, nullptr, {}, {}, next.node.place});
    }
  }

  /// What nothing refers to is reached from its parent only, and need not be remembered: nearly all are so.
  void walk(const Schema& schema) {
    if (!description_.is_referred_to(schema.value) || seen_.insert(&schema.value).second) visit(schema);
  }

  void visit(const Schema& schema) {
    if (!schema.value.is_object() && !schema.value.is_boolean()) return;
    if (text_of(schema.value, "$ref")) {
      start(description_.resolved({&schema.value, {}}), schema.use, schema.operation);
      // In 3.1 what stands beside a reference counts.
      if (description_.version == Version::v3_0 || schema.value.size() == 1) return;
    }
    visit_(schema);
    if (const auto* members = schema.value.get_ptr<const Json::object_t*>())
      for (const auto& [name, value] : *members) walk_keyword(schema, name, value);
  }

  void walk_keyword(const Schema& schema, std::string_view name, const Json& value) {
    const auto keyword = std::ranges::find(keywords, name, &Keyword::name);
    if (keyword == std::end(keywords)) return;
    const auto child = [&](const Json& at, std::string_view key, std::size_t index) {
      walk(Schema{at, schema.use, schema.operation, &schema, keyword->name, key, {}, index});
    };
    if (keyword->holds == Holds::schema) return child(value, {}, 0);
    if (const auto* members = value.get_ptr<const Json::object_t*>(); members && keyword->holds == Holds::named_schemas)
      for (const auto& [key, at] : *members) child(at, key, 0);
    if (value.is_array() && keyword->holds == Holds::schemas)
      for (std::size_t i = 0; i < value.size(); ++i) child(value[i], {}, i);
  }

  const Description& description_;
  const std::function<void(const Schema&)>& visit_;
  std::deque<Start> queue_;
  std::unordered_set<const Json*> seen_;
};

}  // namespace

ApiPlace Schema::place() const {
  if (!parent) return base;
  ApiPlace place = parent->place();
  place.pointer = join_pointer(place.pointer, keyword);
  const auto holder = std::ranges::find(keywords, keyword, &Keyword::name);
  if (holder->holds == Holds::named_schemas) place.pointer = join_pointer(place.pointer, name);
  if (holder->holds == Holds::schemas) place.pointer = join_pointer(place.pointer, index);
  return place;
}

void for_each_schema(const Description& description, const std::function<void(const Schema&)>& visit) {
  SchemaWalk{description, visit}.run();
}

}  // namespace plugvet::openapi
