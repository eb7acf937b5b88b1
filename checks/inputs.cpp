#include "checks/inputs.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {

using openapi::Description;
using openapi::Operation;
using openapi::Parameter;
using openapi::RequestBody;

bool is_exposed(const Operation& operation) {
  constexpr std::string_view exposed[] = {"get", "put", "post", "patch", "delete"};
  return std::ranges::find(exposed, operation.method) != std::end(exposed);
}

bool is_passed(const Parameter& parameter) {
  return parameter.in == "path" || parameter.in == "query";
}

void for_each_parameter(const Description& description,
                        const std::function<void(const Operation&, const Parameter&)>& visit) {
  std::unordered_set<const Json*> seen;
  for (const Operation& operation : description.operations) {
    if (!is_exposed(operation)) continue;
    for (const Parameter& parameter : operation.parameters) {
      const bool is_whole = parameter.node && !parameter.name.empty() && is_passed(parameter);
      if (is_whole && seen.insert(parameter.node.value).second) visit(operation, parameter);
    }
  }
}

void for_each_body(const Description& description,
                   const std::function<void(const Operation&, const RequestBody&)>& visit) {
  std::unordered_set<const Json*> seen;
  for (const Operation& operation : description.operations) {
    if (!is_exposed(operation) || operation.method == "get") continue;
    const auto& body = operation.request_body;
    if (body && body->node && seen.insert(body->node.value).second) visit(operation, *body);
  }
}

void for_each_unsent(const Description& description, const std::vector<std::string>& sent,
                     const std::function<void(const Operation&, const Parameter&)>& visit) {
  std::unordered_set<const Json*> seen;
  for (const Operation& operation : description.operations) {
    if (!is_exposed(operation)) continue;
    for (const Parameter& parameter : operation.parameters) {
      if ((parameter.in != "header" && parameter.in != "cookie") || parameter.name.empty()) continue;
      const bool is_sent = std::ranges::find(sent, to_lower_ascii(parameter.name)) != sent.end();
      if (!is_sent && seen.insert(parameter.node.value).second) visit(operation, parameter);
    }
  }
}

bool is_ignored_header(const Parameter& parameter) {
  constexpr std::string_view ignored[] = {"accept", "content-type", "authorization"};
  return parameter.in == "header" &&
         std::ranges::find(ignored, to_lower_ascii(parameter.name)) != std::end(ignored);
}

bool is_json(const openapi::MediaType& type) {
  const std::string name = to_lower_ascii(trimmed(type.name.substr(0, type.name.find(';'))));
  return name == "application/json" || name == "*/*" || name == "application/*";
}

std::string spoken(const Operation& operation, const Parameter& parameter) {
  return spoken(operation) + ": the parameter " + in_quotes(parameter.name);
}

}  // namespace plugvet::checks
