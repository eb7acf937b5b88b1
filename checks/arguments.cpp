#include "checks/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::Description;
using openapi::Node;
using openapi::Operation;

using Seen = std::unordered_set<const Json*>;
using VisitArgument = std::function<void(const Argument&)>;

constexpr int deepest_composition = 8;

std::string_view description_in(const Json& value) {
  const std::string* text = text_of(value, "description");
  return text ? std::string_view(*text) : std::string_view();
}

class ArgumentWalk {
 public:
  ArgumentWalk(const Description& description, const VisitArgument& visit) : description_{description}, visit_{visit} {}

  void walk(const Operation& operation) {
    for (const openapi::Parameter& parameter : operation.parameters) {
      if (!parameter.node || parameter.name.empty() || !seen_.insert(parameter.node.value).second) continue;
      const Node schema = description_.resolved(parameter.schema);
      std::string_view text = parameter.description;
      if (text.empty() && schema) text = description_in(*schema.value);
      visit_({parameter.name, parameter.in, schema.value, text, parameter.node, &operation});
    }
    if (!operation.request_body) return;
    for (const openapi::MediaType& type : operation.request_body->content) walk_schema(type.schema, operation, 0);
  }

 private:
  void walk_schema(const Node& written, const Operation& operation, int depth) {
    const Node schema = written ? description_.resolved(written) : written;
    if (!schema || !schema.value->is_object() || depth > deepest_composition || !seen_.insert(schema.value).second) return;
    if (const Json* properties = member_of(*schema.value, "properties"); properties && properties->is_object())
      walk_properties(openapi::member(schema, "properties"), operation);
    for (const std::string_view keyword : {"allOf", "oneOf", "anyOf"}) {
      const Json* list = member_of(*schema.value, keyword);
      if (!list || !list->is_array()) continue;
      const Node node = openapi::member(schema, keyword);
      for (std::size_t i = 0; i < list->size(); ++i) walk_schema(openapi::item(node, i), operation, depth + 1);
    }
  }

  void walk_properties(const Node& properties, const Operation& operation) {
    for (const auto& [name, value] : properties.value->get_ref<const Json::object_t&>()) {
      const Json* schema = &value;
      // Only where a reference stands is its target looked up.
      if (text_of(value, "$ref")) schema = description_.resolved({&value, {}}).value;
      visit_({name, "body", schema, schema ? description_in(*schema) : std::string_view(), properties, &operation});
    }
  }

  const Description& description_;
  const VisitArgument& visit_;
  Seen seen_;
};

}  // namespace

ApiPlace Argument::place() const {
  return in == "body" ? ApiPlace{holder.place.file, join_pointer(holder.place.pointer, name)} : holder.place;
}

void for_each_argument(const Description& description, const Operation& operation, const VisitArgument& visit) {
  ArgumentWalk{description, visit}.walk(operation);
}

void for_each_argument(const Description& description, const VisitArgument& visit) {
  ArgumentWalk walk{description, visit};
  for (const Operation& operation : description.operations) walk.walk(operation);
}

bool is_free_text(const Argument& argument) {
  if (!argument.schema || !argument.schema->is_object()) return true;
  if (const Json* type = member_of(*argument.schema, "type")) {
    const bool is_text = *type == "string" || (type->is_array() && std::ranges::find(*type, "string") != type->end());
    if (!is_text) return false;
  }
  constexpr std::string_view narrowing[] = {"enum",  "const", "format", "pattern", "properties",
                                            "items", "allOf", "anyOf",  "oneOf"};
  return std::ranges::none_of(narrowing,
                              [&](std::string_view name) { return member_of(*argument.schema, name) != nullptr; });
}

Judgement judge_arguments(const ApiDescription& api,
                          const std::function<std::optional<ArgumentDefect>(const Argument&)>& judge) {
  struct Group {
    Finding finding;
    std::size_t more = 0;
  };
  std::vector<Group> groups;
  std::unordered_map<std::string_view, std::size_t> group_of;  // by name
  for_each_argument(*api.description, [&](const Argument& argument) {
    std::optional<ArgumentDefect> defect = judge(argument);
    if (!defect) return;
    const auto [group, is_new] = group_of.emplace(argument.name, groups.size());
    if (!is_new) return void(++groups[group->second].more);
    const ApiPlace place = argument.place();
    groups.push_back({{argument.in == "body" ? api.at_name(place) : api.at(place),
                       fmt::format("{}: {} {}.", spoken(*argument.operation), in_quotes(argument.name), defect->message),
                       std::move(defect->expected),
                       std::move(defect->actual),
                       {}}});
  });
  Judgement judgement;
  for (Group& group : groups) {
    if (group.more > 0) group.finding.message += fmt::format(" So it does in {}.", counted(group.more, "more place"));
    judgement.findings.push_back(std::move(group.finding));
  }
  return summarised(std::move(judgement));
}

}  // namespace plugvet::checks
