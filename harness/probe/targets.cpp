#include <fmt/format.h>

#include <algorithm>

#include "harness/openapi/calling.h"
#include "harness/probe/prober.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet {
namespace {

using openapi::Contract;
using openapi::Operation;

constexpr std::size_t most_operations = 500;

std::string shown_name(const Operation& operation, std::string_view method) {
  const std::string name = fmt::format("{} {}", method, printable(shortened(operation.path, 100)));
  return operation.id.empty() ? name : fmt::format("{} ({})", name, printable(shortened(operation.id, 60)));
}

}  // namespace

bool Prober::is_on_loopback() const {
  return std::ranges::any_of(api_.description->operations, [&](const Operation& operation) {
    const auto url = Url::parse(openapi::call_address(operation, api_));
    return url && is_loopback_host(url->host());
  });
}

void Prober::find_targets() {
  for (const auto& contract : openapi::contracts_of(api_))
    if (targets_.size() < most_operations) targets_.push_back(target_of(contract));
}

ProbedTarget Prober::target_of(const std::shared_ptr<const Contract>& contract) const {
  const Operation& operation = *contract->operation;
  const std::string method = to_upper_ascii(operation.method);
  ProbedTarget target;
  target.contract = contract;
  target.told.name = shown_name(operation, method);
  target.told.where = api_.at(operation.node.place);
  target.call.server = openapi::call_address(operation, api_);
  std::string& why_not = target.told.not_probed_because;
  const bool is_guarded = openapi::speaks_of_security(*api_.description) ? openapi::asks_for_authentication(operation)
                                                                         : entry_.is_asked_for;
  if (target.call.server.empty())
    why_not = "there is no server to call it at";
  else if (!only_reads(method) && !options_.authorize.allow_writes)
    why_not = "it may change something; add --allow-writes";
  else if (is_guarded && !entry_.header)
    why_not = entry_.none_because.empty() ? "it asks for authentication that the submission does not declare"
                                          : entry_.none_because;
  if (!why_not.empty()) return target;
  if (is_guarded) target.call.headers.push_back(*entry_.header);
  target.generator.emplace(*api_.description, contract, undeclared_methods(operation), options_.authorize.seed);
  why_not = target.generator->impossible_because();
  target.told.left_out = target.generator->left_out();
  return target;
}

/// Tried at the path's first operation. What deletes is not tried blindly.
std::vector<std::string> Prober::undeclared_methods(const Operation& operation) const {
  std::set<std::string_view> declared;
  const Operation* first = nullptr;
  for (const Operation& other : api_.description->operations)
    if (other.path == operation.path) {
      declared.insert(other.method);
      if (!first && (only_reads(to_upper_ascii(other.method)) || options_.authorize.allow_writes)) first = &other;
    }
  std::vector<std::string> undeclared;
  if (first != &operation) return undeclared;
  for (const std::string_view method : {"get", "post", "put", "patch"})
    if (!declared.contains(method) && (method == "get" || options_.authorize.allow_writes))
      undeclared.push_back(to_upper_ascii(method));
  return undeclared;
}

void Prober::find_resources() {
  if (!options_.authorize.allow_writes) return;
  std::vector<std::shared_ptr<const Contract>> contracts;
  for (const ProbedTarget& target : targets_) contracts.push_back(target.contract);
  resources_ = resources_of(contracts);
  for (std::size_t r = 0; r < resources_.size(); ++r) {
    const Resource& resource = resources_[r];
    for (const std::size_t number : resource.about) {
      if (targets_[number].resource) continue;
      const auto& inputs = targets_[number].contract->inputs;
      const auto input = std::ranges::find_if(inputs, [&](const Contract::Input& one) {
        return one.parameter->in == "path" && one.parameter->name == resource.parameter;
      });
      if (input == inputs.end()) continue;
      targets_[number].resource = r;
      targets_[number].id_input = static_cast<std::size_t>(input - inputs.begin());
    }
    if (resource.list && !targets_[*resource.list].resource) targets_[*resource.list].resource = r;
  }
}

}  // namespace plugvet
