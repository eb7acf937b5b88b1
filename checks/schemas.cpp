#include "checks/schemas.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::Description;
using openapi::Node;
using openapi::Operation;
using openapi::Schema;

constexpr std::size_t longest_name = 60;

std::string name_in_message(std::string_view name) {
  return printable(shortened(name, longest_name));
}

std::string name_at_end_of(std::string_view pointer) {
  std::string step{pointer.substr(pointer.rfind('/') + 1)};
  const auto unescape = [&](std::string_view escaped, char c) {
    for (std::size_t at = 0; (at = step.find(escaped, at)) != std::string::npos; ++at) step.replace(at, 2, 1, c);
  };
  unescape("~1", '/');
  unescape("~0", '~');
  return step;
}

bool has_schema(const std::vector<openapi::MediaType>& content, const Json& schema) {
  return std::ranges::any_of(content, [&](const auto& type) { return type.schema.value == &schema; });
}

/// "body", "parameter status", "Todo"
std::string name_of_root(const Schema& root) {
  if (const Operation* operation = root.operation) {
    for (const openapi::Parameter& parameter : operation->parameters)
      if (parameter.schema.value == &root.value) return "parameter " + name_in_message(parameter.name);
    if (operation->request_body && has_schema(operation->request_body->content, root.value)) return "body";
    for (const openapi::Response& response : operation->responses) {
      if (has_schema(response.content, root.value)) return "answer";
      for (const openapi::Header& header : response.headers)
        if (header.schema.value == &root.value) return "header " + name_in_message(header.name);
    }
  }
  return name_in_message(name_at_end_of(root.base.pointer));
}

std::string step_of(const Schema& schema) {
  if (schema.keyword == "properties") return "." + name_in_message(schema.name);
  if (schema.keyword == "items") return "[]";
  if (schema.keyword == "prefixItems") return "[" + std::to_string(schema.index) + "]";
  if (schema.keyword == "additionalProperties" || schema.keyword == "patternProperties") return ".*";
  return {};
}

bool has_description(const Json& schema) {
  const std::string* text = text_of(schema, "description");
  return text && !is_blank(*text);
}

bool is_described_itself(const Description& description, const Json& schema) {
  if (has_description(schema)) return true;
  if (!text_of(schema, "$ref")) return false;
  const Node target = description.resolved({&schema, {}});
  return !target || has_description(*target.value);  // what leads nowhere is api/references'
}

bool says_what_is_in_it(const Json& schema) {
  return has_any(schema, {"properties", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"});
}

/// A part of an allOf describes the same object as the parts beside it and as what it is written in.
bool is_said_beside(const Schema& schema) {
  if (schema.keyword != "allOf" || !schema.parent) return false;
  const Json* parts = member_of(schema.parent->value, "allOf");
  return member_of(schema.parent->value, "properties") ||
         (parts && parts->is_array() && std::ranges::any_of(*parts, says_what_is_in_it));
}

bool lacks_properties(const Schema& schema) {
  return has_type(schema.value, "object") && !says_what_is_in_it(schema.value) && !is_said_beside(schema) &&
         !is_condition(schema);
}

}  // namespace

std::string spoken(const Schema& schema) {
  return (schema.operation ? spoken(*schema.operation) + ": " : "") + spoken_within(schema);
}

std::string spoken_within(const Schema& schema) {
  std::vector<const Schema*> chain;
  for (const Schema* at = &schema; at; at = at->parent) chain.push_back(at);
  std::string out = name_of_root(*chain.back());
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) out += step_of(**at);
  return shortened(out, 160);
}

std::string spoken_value(const Json& value) {
  if (const auto* text = value.get_ptr<const std::string*>()) return in_quotes(*text);
  if (value.is_structured() && value.size() > 20) return std::string(kind_of(value));
  return printable(shortened(value.dump(), longest_name));
}

bool has_type(const Json& schema, std::string_view type) {
  const Json* written = member_of(schema, "type");
  if (!written) return false;
  if (const auto* name = written->get_ptr<const std::string*>()) return *name == type;
  return written->is_array() && std::find(written->begin(), written->end(), type) != written->end();
}

bool excludes_type(const Json& schema, std::string_view type) {
  const Json* written = member_of(schema, "type");
  return written && (written->is_string() || written->is_array()) && !has_type(schema, type);
}

bool is_true(const Json& schema, std::string_view member) {
  const Json* value = member_of(schema, member);
  return value && value->is_boolean() && value->get<bool>();
}

bool has_any(const Json& schema, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(names, [&](std::string_view name) { return member_of(schema, name) != nullptr; });
}

bool is_condition(const Schema& schema) {
  constexpr std::string_view conditions[] = {"not", "if", "then", "else", "contains", "propertyNames",
                                             "dependentSchemas"};
  for (const Schema* at = &schema; at; at = at->parent)
    if (std::ranges::find(conditions, at->keyword) != std::end(conditions)) return true;
  return false;
}

Judgement judge_properties(const ApiDescription& api, openapi::SchemaUse use, const Parameters& limits) {
  FindingList findings;
  openapi::for_each_schema(*api.description, [&](const Schema& schema) {
    if (schema.use != use || !lacks_properties(schema)) return;
    findings.add([&]() -> Finding {
      return {api.at(schema.place()),
              spoken(schema) + " is an object whose properties are not listed." + said_by_platform(limits),
              "an object with properties",
              "an object without properties",
              {}};
    });
  });
  return std::move(findings).judgement();
}

bool is_described(const Description& description, const Json& schema) {
  if (is_described_itself(description, schema)) return true;
  for (const char* keyword : {"allOf", "anyOf", "oneOf"}) {
    const Json* parts = member_of(schema, keyword);
    if (parts && parts->is_array() &&
        std::ranges::any_of(*parts, [&](const Json& part) { return is_described_itself(description, part); }))
      return true;
  }
  return false;
}

}  // namespace plugvet::checks
