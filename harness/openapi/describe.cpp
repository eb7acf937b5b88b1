#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/openapi/references.h"
#include "harness/support/text.h"

namespace plugvet::openapi {
namespace {

/// What the model of a document may take, beside four times its size: some times what real ones take. References let a
/// small document describe what is arbitrarily large, and long names make every pointer long.
constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::size_t bytes_of_part = 400;   // an operation, a parameter, an answer, …
constexpr std::size_t pointers_of_part = 3;  // that it holds, itself and in its members

constexpr std::array<std::string_view, 8> methods{"get",     "put",  "post",  "delete",
                                                  "options", "head", "patch", "trace"};

std::string_view view_of(const Node& node, std::string_view name) {
  const std::string* text = node ? text_of(*node.value, name) : nullptr;
  return text ? std::string_view{*text} : std::string_view{};
}

bool is_true(const Node& node, std::string_view name) {
  const Json* value = node ? member_of(*node.value, name) : nullptr;
  return value && value->is_boolean() && value->get<bool>();
}

bool is_reference(const Node& node) {
  return node && text_of(*node.value, "$ref") != nullptr;
}

constexpr std::size_t longest_url = 4096;  // beyond, variables stay as they are: they could make it arbitrarily long

/// "{name}" replaced by the variable's default, where it has one.
std::string with_defaults(std::string_view url, const Node& variables) {
  std::string address;
  while (!url.empty() && url.size() + address.size() <= longest_url) {
    const std::size_t open = std::min(url.find('{'), url.size());
    const std::size_t close = url.find('}', open);
    address += url.substr(0, open);
    if (close == std::string_view::npos) return address.append(url.substr(open));
    const std::string_view name = url.substr(open + 1, close - open - 1);
    const Json* variable = variables ? member_of(*variables.value, name) : nullptr;
    const std::string* value = variable ? text_of(*variable, "default") : nullptr;
    if (value && value->size() > longest_url) value = nullptr;
    address += value ? std::string_view{*value} : url.substr(open, close + 1 - open);
    url.remove_prefix(close + 1);
  }
  return address.append(url);
}

/// Reads the typed parts of a document out of its JSON; what has the wrong type is left out.
class Describer {
 public:
  explicit Describer(Description& description) : description_{description} {
    for (const Document& document : description.documents) most_bytes_ += 4 * document.text().size();
    bytes_left_ = most_bytes_;
  }

  void run() {
    const Node& root = description_.root;
    description_.servers = servers_in(member(root, "servers"));
    description_.security = requirements_in(member(root, "security"));
    for_each_member(member(member(root, "components"), "securitySchemes"),
                    [&](std::string_view name, Node node) { add_security_scheme(name, std::move(node)); });
    for_each_member(member(root, "paths"), [&](std::string_view path, const Node& item) {
      if (path.starts_with("x-")) return;
      const Node target = description_.resolved(item);
      if (target) add_operations(path, target);
      if (is_reference(item)) add_operations(path, item);
    });
    tell_if_exhausted();
  }

 private:
  Node resolved(const Node& node) const { return description_.resolved(node); }

  bool take_part(const Node& within, std::size_t name_size) {
    const std::size_t bytes = bytes_of_part + pointers_of_part * (within.place.pointer.size() + name_size);
    is_exhausted_ |= bytes > bytes_left_;
    bytes_left_ -= is_exhausted_ ? 0 : bytes;
    return !is_exhausted_;
  }

  template <class Visit>
  void for_each_member(const Node& node, Visit visit) {
    const auto* members = node ? node.value->get_ptr<const Json::object_t*>() : nullptr;
    if (!members) return;
    for (const auto& [name, value] : *members) {
      if (!take_part(node, name.size())) return;
      visit(std::string_view{name}, Node{&value, {node.place.file, join_pointer(node.place.pointer, name)}});
    }
  }

  template <class Visit>
  void for_each_item(const Node& node, Visit visit) {
    for (std::size_t i = 0; node && node.value->is_array() && i < node.value->size() && take_part(node, 1); ++i)
      visit(item(node, i));
  }

  std::vector<Server> servers_in(const Node& list) {
    std::vector<Server> servers;
    for_each_item(list, [&](Node node) {
      if (!node.value->is_object()) return;
      Server server;
      server.url = view_of(node, "url");
      server.address = with_defaults(server.url, member(node, "variables"));
      server.description = view_of(node, "description");
      server.node = std::move(node);
      servers.push_back(std::move(server));
    });
    return servers;
  }

  std::vector<SecurityRequirement> requirements_in(const Node& list) {
    std::vector<SecurityRequirement> requirements;
    for_each_item(list, [&](Node node) {
      const auto* schemes = node.value->get_ptr<const Json::object_t*>();
      if (!schemes) return;
      SecurityRequirement requirement;
      for (const auto& [name, scopes] : *schemes) requirement.schemes.emplace_back(name);
      requirement.node = std::move(node);
      requirements.push_back(std::move(requirement));
    });
    return requirements;
  }

  void add_security_scheme(std::string_view name, Node written) {
    SecurityScheme scheme;
    scheme.name = name;
    scheme.node = resolved(written);
    scheme.written = std::move(written);
    scheme.type = view_of(scheme.node, "type");
    scheme.scheme = view_of(scheme.node, "scheme");
    scheme.in = view_of(scheme.node, "in");
    scheme.parameter_name = view_of(scheme.node, "name");
    description_.security_schemes.push_back(std::move(scheme));
  }

  void add_operations(std::string_view path, const Node& item) {
    const std::span<const Server> servers = servers_of(item, description_.servers);
    for_each_member(item, [&](std::string_view method, Node node) {
      const bool is_operation = std::ranges::find(methods, method) != methods.end() && node.value->is_object();
      if (is_operation) description_.operations.push_back(operation(path, method, std::move(node), item, servers));
    });
  }

  std::span<const Server> servers_of(const Node& owner, std::span<const Server> inherited) {
    const Node own = member(owner, "servers");
    if (!own || !own.value->is_array() || own.value->empty()) return inherited;
    return once(description_.server_lists, own, [&] { return servers_in(own); });
  }

  /// Several paths may refer to the same path item, and so have the same lists.
  template <class T, class Make>
  const std::vector<T>& once(std::vector<std::unique_ptr<std::vector<T>>>& lists, const Node& node, Make make) {
    const auto [known, is_new] = list_numbers_.try_emplace(node.value, lists.size());
    if (is_new) lists.push_back(std::make_unique<std::vector<T>>(make()));
    return *lists[known->second];
  }

  Operation operation(std::string_view path, std::string_view method, Node node, const Node& item,
                      std::span<const Server> servers) {
    Operation operation;
    operation.path = path;
    operation.method = method;
    operation.node = std::move(node);
    operation.path_item = item;
    operation.id = view_of(operation.node, "operationId");
    operation.summary = view_of(operation.node, "summary");
    operation.description = view_of(operation.node, "description");
    operation.deprecated = is_true(operation.node, "deprecated");
    operation.servers = servers_of(operation.node, servers);
    operation.is_consequential = member(operation.node, "x-openai-isConsequential");
    add_parameters(operation);
    add_security(operation);
    if (Node body = member(operation.node, "requestBody")) operation.request_body = request_body(std::move(body));
    for_each_member(member(operation.node, "responses"), [&](std::string_view status, Node written) {
      if (!status.starts_with("x-")) operation.responses.push_back(response(status, std::move(written)));
    });
    return operation;
  }

  void add_parameters(Operation& operation) {
    std::vector<Parameter> own = parameters_in(member(operation.node, "parameters"));
    operation.parameters = parameters_in(member(operation.path_item, "parameters"));
    std::set<std::pair<std::string_view, std::string_view>> replaced;
    for (const Parameter& parameter : own) replaced.emplace(parameter.name, parameter.in);
    std::erase_if(operation.parameters, [&](const Parameter& inherited) {
      return !inherited.name.empty() && replaced.contains({inherited.name, inherited.in});
    });
    for (Parameter& inherited : operation.parameters) inherited.is_inherited = true;
    std::ranges::move(own, std::back_inserter(operation.parameters));
  }

  void add_security(Operation& operation) {
    const Node own = member(operation.node, "security");
    operation.has_own_security = own && own.value->is_array();
    operation.security = description_.security;
    if (!operation.has_own_security) return;
    operation.security = once(description_.security_lists, own, [&] { return requirements_in(own); });
  }

  std::vector<Parameter> parameters_in(const Node& list) {
    std::vector<Parameter> parameters;
    for_each_item(list, [&](Node written) { parameters.push_back(parameter(std::move(written))); });
    return parameters;
  }

  Parameter parameter(Node written) {
    Parameter parameter;
    parameter.is_reference = is_reference(written);
    parameter.node = resolved(written);
    parameter.name = view_of(parameter.node, "name");
    parameter.in = view_of(parameter.node, "in");
    parameter.description = description_of(parameter.node, written);
    parameter.required = is_true(parameter.node, "required");
    parameter.content = content_of(parameter.node);
    parameter.schema = schema_of(parameter.node, parameter.content);
    parameter.written = std::move(written);
    return parameter;
  }

  RequestBody request_body(Node written) {
    RequestBody body;
    body.is_reference = is_reference(written);
    body.node = resolved(written);
    body.description = description_of(body.node, written);
    body.required = is_true(body.node, "required");
    body.content = content_of(body.node);
    body.written = std::move(written);
    return body;
  }

  Response response(std::string_view status, Node written) {
    Response response;
    response.status = status;
    response.is_reference = is_reference(written);
    response.node = resolved(written);
    response.description = description_of(response.node, written);
    response.content = content_of(response.node);
    for_each_member(member(response.node, "headers"), [&](std::string_view name, Node header) {
      Node node = resolved(header);
      Node schema = schema_of(node, content_of(node));
      response.headers.push_back({name, std::move(node), std::move(header), std::move(schema)});
    });
    response.written = std::move(written);
    return response;
  }

  /// 3.1 lets a description beside a reference replace that of its target.
  std::string_view description_of(const Node& node, const Node& written) const {
    const std::string_view beside = view_of(written, "description");
    return description_.version == Version::v3_1 && !beside.empty() ? beside : view_of(node, "description");
  }

  std::vector<MediaType> content_of(const Node& node) {
    std::vector<MediaType> content;
    for_each_member(member(node, "content"), [&](std::string_view name, Node type) {
      Node schema = member(type, "schema");
      content.push_back({name, std::move(type), std::move(schema)});
    });
    return content;
  }

  static Node schema_of(const Node& node, const std::vector<MediaType>& content) {
    Node schema = member(node, "schema");
    return schema || content.empty() ? schema : content.front().schema;
  }

  /// What is left out would otherwise count as good.
  void tell_if_exhausted() {
    if (!is_exhausted_) return;
    description_.faults.push_back(
        {{},
         false,
         false,
         "With all that it refers to, the description is too large to be judged: its operations, parameters and "
         "answers take more than " +
             bytes_text(most_bytes_) + ". What goes beyond is not judged.",
         "a smaller description",
         "a larger one"});
  }

  Description& description_;
  std::size_t most_bytes_ = most_bytes, bytes_left_ = 0;
  bool is_exhausted_ = false;
  std::unordered_map<const Json*, std::size_t> list_numbers_;
};

void read_version(Description& description) {
  const Json& root = *description.root.value;
  const Json* written = member_of(root, "openapi");
  if (!written) {
    description.version = member_of(root, "swagger") ? Version::swagger_2 : Version::other;
    description.version_text = view_of(description.root, "swagger");
    return;
  }
  description.version_text = view_of(description.root, "openapi");
  // YAML makes a number of 3.0 without quotes; what is meant is clear.
  const std::string text = written->is_number() ? written->dump() : std::string{description.version_text};
  if (text == "3.0" || text.starts_with("3.0.")) description.version = Version::v3_0;
  if (text == "3.1" || text.starts_with("3.1.")) description.version = Version::v3_1;
}

}  // namespace

std::shared_ptr<const Description> describe(const Document& document, std::string_view name, const ReadFile& read_file,
                                            std::vector<ApiFile>* files) {
  const auto description = std::make_shared<Description>();
  description->documents.push_back(document);
  description->root = {&document.root(), {}};
  read_version(*description);
  if (!description->is_openapi_3()) return description;
  read_all(*description, name, read_file, files);
  Describer{*description}.run();
  return description;
}

}  // namespace plugvet::openapi
