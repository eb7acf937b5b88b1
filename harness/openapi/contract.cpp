#include "harness/openapi/contract.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet::openapi {
namespace {

std::string plain_media_type(std::string_view written) {
  return to_lower_ascii(trimmed(written.substr(0, written.find(';'))));
}

/// How closely a declared type fits: 3 the same, 2 "application/*", 1 "*/*", 0 not at all.
int fit_of(std::string_view declared, std::string_view sent) {
  const std::string range = plain_media_type(declared);
  if (range == sent) return 3;
  if (range == "*/*") return 1;
  return range.ends_with("/*") && sent.starts_with(std::string_view{range}.substr(0, range.size() - 1)) ? 2 : 0;
}

class ContractWriter {
 public:
  explicit ContractWriter(const ApiDescription& api)
      : description_{*api.description}, schemas_{std::make_shared<CompiledSchemas>(api)} {}

  std::shared_ptr<const Contract> contract(const Operation& operation) {
    Contract contract;
    contract.operation = &operation;
    contract.schemas = schemas_;
    for (const Parameter& parameter : operation.parameters) add(parameter, contract.inputs);
    if (operation.request_body) contract.bodies = contents(operation.request_body->content);
    for (const Response& response : operation.responses) contract.answers.push_back(answer(response));
    return std::make_shared<const Contract>(std::move(contract));
  }

 private:
  void add(const Parameter& parameter, std::vector<Contract::Input>& inputs) {
    if (parameter.name.empty() || parameter.in.empty() || !parameter.node) return;
    Contract::Input input{&parameter, description_.resolved(parameter.schema), {}, compiled(parameter.schema)};
    if (!parameter.content.empty()) input.media_type = parameter.content.front().name;
    const auto same = std::ranges::find_if(inputs, [&](const Contract::Input& other) {
      return other.parameter->name == parameter.name && other.parameter->in == parameter.in;
    });
    if (same == inputs.end())
      inputs.push_back(std::move(input));
    else
      *same = std::move(input);
  }

  Contract::Answer answer(const Response& response) {
    Contract::Answer answer{&response, contents(response.content), {}};
    for (const Header& header : response.headers) {
      const Node required = member(header.node, "required");
      const bool is_required = required && required.value->is_boolean() && required.value->get<bool>();
      // "If a response header is defined with the name Content-Type, it SHALL be ignored."
      if (!equal_ignoring_case_ascii(header.name, "content-type"))
        answer.headers.push_back({header.name, header.node, is_required, compiled(header.schema)});
    }
    return answer;
  }

  std::vector<Contract::Content> contents(const std::vector<MediaType>& types) {
    std::vector<Contract::Content> contents;
    for (const MediaType& type : types)
      contents.push_back({type.name, description_.resolved(type.schema), compiled(type.schema)});
    return contents;
  }

  std::optional<schema::Schema> compiled(const Node& written) {
    return written ? schemas_->at(written.place) : std::nullopt;
  }

  const Description& description_;
  std::shared_ptr<CompiledSchemas> schemas_;
};

}  // namespace

const Contract::Content* Contract::Answer::content_of(std::string_view media_type) const {
  const std::string sent = plain_media_type(media_type);
  const Content* best = nullptr;
  int fit = 0;
  for (const Content& one : content)
    if (const int its = fit_of(one.media_type, sent); its > fit) {
      fit = its;
      best = &one;
    }
  return best;
}

const Contract::Answer* Contract::answer_to(int status) const {
  const Answer* best = nullptr;
  int fit = 0;
  const std::string number = fmt::format("{}", status);
  for (const Answer& one : answers) {
    const std::string_view declared = one.response->status;
    const bool is_range = declared.size() == 3 && declared[0] == number[0] &&
        equal_ignoring_case_ascii(declared.substr(1), "xx");
    const int its = declared == number ? 3 : is_range ? 2 : declared == "default" ? 1 : 0;
    if (its > fit) {
      fit = its;
      best = &one;
    }
  }
  return best;
}

std::vector<std::shared_ptr<const Contract>> contracts_of(const ApiDescription& api) {
  ContractWriter writer{api};
  std::vector<std::shared_ptr<const Contract>> contracts;
  for (const Operation& operation : api.description->operations) contracts.push_back(writer.contract(operation));
  return contracts;
}

}  // namespace plugvet::openapi
