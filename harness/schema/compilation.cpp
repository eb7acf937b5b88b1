#include "harness/schema/compilation.h"

#include <algorithm>
#include <bit>
#include <unordered_set>

#include "harness/schema/node_compiler.h"
#include "harness/support/document.h"

namespace plugvet::schema {

// --- Properties by name ----------------------------------------------------------------------------------------------

Property& PropertyTable::operator[](std::string_view name) {
  std::size_t cursor = SIZE_MAX;
  if (const Property* known = find_hashed(name, cursor))
    return properties_[static_cast<std::size_t>(known - properties_.data())];
  properties_.push_back({.name = name});
  if (properties_.size() * 2 > slots_.size()) {
    grow();
  } else {
    std::size_t slot = hash_of(name) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(properties_.size());
  }
  return properties_.back();
}

void PropertyTable::grow() {
  slots_.assign(std::bit_ceil(properties_.size() * 4), 0);
  for (std::size_t i = 0; i < properties_.size(); ++i) {
    std::size_t slot = hash_of(properties_[i].name) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

const Property* PropertyTable::find_hashed(std::string_view name, std::size_t& cursor) const {
  if (slots_.empty()) return nullptr;
  for (std::size_t slot = hash_of(name) & (slots_.size() - 1); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    const std::size_t index = slots_[slot] - 1;
    if (properties_[index].name != name) continue;
    cursor = index + 1;
    return &properties_[index];
  }
  return nullptr;
}

// --- The set ---------------------------------------------------------------------------------------------------------

Compilation::Compilation(SchemaOptions chosen) : options{std::move(chosen)}, documents{options} {}

void Compilation::prepare() {
  if (is_prepared) return;
  is_prepared = true;
  for (const auto& [uri, json] : further) documents.add(uri, *json);
  main_resource = documents.add(options.uri, *main);
}

NodeId Compilation::compile(const Target& target) {
  const NodeId node = request(target);
  while (compiled_ < nodes.size()) {
    NodeCompiler{*this, static_cast<NodeId>(compiled_)}.compile();
    if (++compiled_ == nodes.size()) link_dynamic_references();
  }
  return node;
}

NodeId Compilation::request(const Target& target) {
  const auto [entry, is_new] = by_source_.try_emplace(target.schema, static_cast<NodeId>(nodes.size()));
  if (is_new) {
    Node node;
    node.resource = target.resource;
    node.place = target.place;
    node.source = target.schema;
    nodes.push_back(node);
  }
  return entry->second;
}

const Target& Compilation::target_of(ResourceId from, const std::string& reference) {
  if (targets_.size() <= from) targets_.resize(from + 1);
  const auto known = targets_[from].find(reference);
  if (known != targets_[from].end()) return known->second;
  return targets_[from].emplace(reference, documents.find(from, reference)).first->second;
}

std::uint32_t Compilation::pattern_of(const std::string& source) {
  const auto [entry, is_new] = patterns_by_source_.try_emplace(source, static_cast<std::uint32_t>(patterns.size()));
  if (is_new) patterns.emplace_back(source, pattern_budget_);
  return entry->second;
}

/// A dynamic reference may lead to every anchor of its name; which one is known when it is followed.
void Compilation::link_dynamic_references() {
  for (const NodeId id : dynamic_nodes_) {
    auto& dynamic = *combined[nodes[id].combined].dynamic;
    dynamic.candidates.clear();
    for (ResourceId resource = 0; resource < documents.resource_count(); ++resource) {
      const auto& anchors = documents.resource(resource).anchors;
      const auto anchor = anchors.find(dynamic.anchor);
      if (anchor == anchors.end() || !anchor->second.is_dynamic) continue;
      dynamic.candidates.emplace_back(
          resource,
          request(
              {.schema = anchor->second.schema, .resource = resource, .place = anchor->second.place, .problem = {}}));
    }
  }
}

void Compilation::for_each_child(NodeId id, const std::function<void(NodeId)>& visit) const {
  const auto one = [&](NodeId child) {
    if (child != none) visit(child);
  };
  const auto many = [&](const std::vector<NodeId>& children) { std::ranges::for_each(children, visit); };
  const Node& node = nodes[id];
  if (node.combined != none) {
    const CombinedRules& rules = combined[node.combined];
    many(rules.all_of);
    many(rules.any_of);
    many(rules.one_of);
    for (const NodeId child : {rules.negation, rules.condition, rules.then_branch, rules.else_branch, rules.reference})
      one(child);
    if (rules.dynamic) {
      one(rules.dynamic->first);
      for (const auto& [resource, child] : rules.dynamic->candidates) one(child);
    }
  }
  if (node.arrays != none) {
    const ArrayRules& rules = arrays[node.arrays];
    many(rules.prefix);
    for (const NodeId child : {rules.items, rules.contains, rules.unevaluated}) one(child);
  }
  if (node.objects != none) {
    const ObjectRules& rules = objects[node.objects];
    for (const Property& property : rules.properties.all()) one(property.node);
    for (const auto& pattern : rules.patterns) one(pattern.node);
    for (const auto& dependency : rules.dependencies) one(dependency.node);
    for (const NodeId child : {rules.additional, rules.names, rules.unevaluated}) one(child);
  }
}

std::vector<SchemaDefect> Compilation::defects_within(NodeId root) const {
  std::vector<SchemaDefect> found;
  if (defects.empty()) return found;
  std::unordered_set<NodeId> reached{root};
  std::vector<NodeId> waiting{root};
  while (!waiting.empty()) {
    const NodeId node = waiting.back();
    waiting.pop_back();
    for_each_child(node, [&](NodeId child) {
      if (reached.insert(child).second) waiting.push_back(child);
    });
  }
  for (const Defect& defect : defects) {
    if (!reached.contains(defect.node)) continue;
    found.push_back({documents.place(nodes[defect.node].resource, defect.place), defect.keyword, defect.message});
  }
  return found;
}

SchemaPlace Compilation::place_of(NodeId node) const {
  return documents.place(nodes[node].resource, nodes[node].place);
}

SchemaPlace Compilation::place_of(NodeId node, std::string_view keyword) const {
  SchemaPlace place = place_of(node);
  if (!keyword.empty()) place.pointer = join_pointer(place.pointer, keyword);
  return place;
}

}  // namespace plugvet::schema
