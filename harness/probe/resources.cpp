#include "harness/probe/resources.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "harness/support/document.h"
#include "harness/support/percent.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

using openapi::Contract;

constexpr unsigned deepest_id = 6;

using Contracts = std::span<const std::shared_ptr<const Contract>>;

std::optional<std::size_t> operation_at(Contracts contracts, std::string_view path, std::string_view method) {
  for (std::size_t i = 0; i < contracts.size(); ++i)
    if (contracts[i]->operation->path == path && contracts[i]->operation->method == method) return i;
  return {};
}

/// At this path, or one that goes on from there.
std::vector<std::size_t> operations_below(Contracts contracts, std::string_view path) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    const std::string_view other = contracts[i]->operation->path;
    if (other == path || (other.starts_with(path) && other[path.size()] == '/')) all.push_back(i);
  }
  return all;
}

/// The name in "/{name}"; empty: it is something else.
std::string_view only_parameter(std::string_view rest) {
  if (!rest.starts_with("/{") || !rest.ends_with("}") || std::ranges::count(rest, '{') != 1 ||
      std::ranges::count(rest, '/') != 1) return {};
  return rest.substr(2, rest.size() - 3);
}

bool can_be_id(const Json& value) {
  return (value.is_string() && !value.get_ref<const std::string&>().empty()) || value.is_number_integer();
}

const Json* id_member(const Json& object, const std::string& parameter) {
  for (const std::string& name : {parameter, std::string{"id"}, std::string{"uuid"}, std::string{"slug"}})
    if (const auto found = object.find(name); found != object.end() && can_be_id(*found)) return &*found;
  return nullptr;
}

std::optional<Json> body_of(const Exchange& exchange) {
  if (!exchange.response) return {};
  auto document = parse_json(exchange.response->body, "the answer");
  return document ? std::optional{document->root()} : std::nullopt;
}

bool any_object(const Json& value, unsigned depth, const std::function<bool(const Json&)>& is_it) {
  if (depth > deepest_id || !value.is_structured()) return false;
  if (value.is_object() && is_it(value)) return true;
  return std::ranges::any_of(value, [&](const Json& one) { return any_object(one, depth + 1, is_it); });
}

/// As a path has it: numbers and their texts are the same.
std::string id_text(const Json& id) {
  return id.is_string() ? id.get<std::string>() : id.dump();
}

}  // namespace

std::vector<Resource> resources_of(Contracts contracts) {
  std::vector<Resource> resources;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    const openapi::Operation& create = *contracts[i]->operation;
    if (create.method != "post") continue;
    for (const auto& other : contracts) {
      const std::string_view path = other->operation->path;
      const std::string_view parameter = path.starts_with(create.path)
          ? only_parameter(path.substr(create.path.size())) : std::string_view{};
      const bool is_known = std::ranges::any_of(resources, [&](const Resource& one) { return one.create == i; });
      if (parameter.empty() || is_known) continue;
      Resource resource{i, operation_at(contracts, path, "get"), operation_at(contracts, create.path, "get"),
                        operation_at(contracts, path, "patch"), operation_at(contracts, path, "delete"),
                        operations_below(contracts, path), std::string{parameter}};
      if (!resource.change) resource.change = operation_at(contracts, path, "put");
      if (resource.read || resource.list || resource.remove) resources.push_back(std::move(resource));
    }
  }
  return resources;
}

std::optional<Json> made_id(const Exchange& exchange, const std::string& parameter) {
  if (const auto body = body_of(exchange)) {
    const Json* id = nullptr;
    any_object(*body, 0, [&](const Json& object) { return (id = id_member(object, parameter)) != nullptr; });
    if (id) return *id;
  }
  const std::string* location = exchange.response ? find_header(exchange.response->headers, "Location") : nullptr;
  if (!location || exchange.response->status != 201) return {};
  const std::string last = percent_decoded(location->substr(location->rfind('/') + 1), false);
  return last.empty() ? std::nullopt : std::optional{Json(last)};
}

std::shared_ptr<const Json> object_in(const Exchange& exchange, const std::string& parameter, const Json& id) {
  const auto body = body_of(exchange);
  std::shared_ptr<const Json> object;
  if (body)
    any_object(*body, 0, [&](const Json& one) {
      const Json* found = id_member(one, parameter);
      if (!found || id_text(*found) != id_text(id)) return false;
      object = std::make_shared<const Json>(one);
      return true;
    });
  return object;
}

bool is_confirmation(std::string_view name) {
  return to_lower_ascii(name).find("confirm") != std::string::npos;
}

std::optional<Draft> confirming(const Contract& contract, const Draft& sent, const Exchange& exchange) {
  if (!exchange.response || exchange.response->status / 100 != 2) return {};
  const auto body = body_of(exchange);
  if (!body || !body->is_object()) return {};
  for (const auto& [name, value] : body->items()) {
    if (!value.is_string()) continue;
    for (std::size_t i = 0; i < contract.inputs.size(); ++i)
      if (contract.inputs[i].parameter->name == name && contract.inputs[i].parameter->in != "path" && !sent.inputs[i]) {
        Draft again = sent;
        again.inputs[i] = value;
        return again;
      }
    if (!sent.body || !sent.body->is_object() || sent.body->contains(name) ||
        sent.body_type >= contract.bodies.size()) continue;
    // What was made has members of the request, too; a code to confirm is none of what was asked for.
    const bool is_optional_text = exchange.response->status == 202 && contract.bodies[sent.body_type].schema &&
                                  openapi::member(openapi::member(contract.bodies[sent.body_type].schema,
                                                                  "properties"), name);
    if (!is_optional_text) continue;
    Draft again = sent;
    (*again.body)[name] = value;
    return again;
  }
  return {};
}

}  // namespace plugvet
