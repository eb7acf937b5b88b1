#include "harness/support/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet {

bool is_only_comments(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    if (!line.empty() && !line.starts_with('#')) return false;
    text.remove_prefix(std::min(text.size(), text.find('\n')));
    if (!text.empty()) text.remove_prefix(1);
  }
  return true;
}

Fields::Fields(const Document& document, std::string where, std::string pointer)
    : document_{&document}, where_{std::move(where)}, pointer_{std::move(pointer)} {
  const Json* here = document.find(pointer_);
  if (here && here->is_object())
    mapping_ = here;
  else
    problem_at(document.position(pointer_), "expected a mapping (name: value) here.");
}

void Fields::problem_at(Position position, std::string what) {
  if (problem_) return;
  Problem problem;
  problem.rung = Rung::schema;
  problem.id = "user.fields";
  problem.what = fmt::format("{}:{}:{}: {}", printable(where_), position.line, position.column, what);
  problem.where = where_;
  problem.position = position;
  problem.blame = Blame::user;
  problem_ = std::move(problem);
}

std::string Fields::pointer_of(std::string_view name) const {
  return join_pointer(pointer_, name);
}

void Fields::complain(std::string_view name, std::string_view what) {
  problem_at(document_->position(pointer_of(name)), fmt::format("{} {}", name, what));
}

const Json* Fields::member(std::string_view name) {
  asked_.emplace_back(name);
  if (problem_ || !mapping_) return nullptr;
  const auto found = mapping_->find(std::string{name});
  return found == mapping_->end() ? nullptr : &*found;
}

const Json* Fields::value(std::string_view name) {
  return member(name);
}

std::optional<std::string> Fields::text(std::string_view name) {
  const Json* value = member(name);
  if (!value) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  complain(name, "is not a text; write it in quotes.");
  return std::nullopt;
}

std::string Fields::required_text(std::string_view name) {
  auto found = text(name);
  if (!found) problem_at(document_->position(pointer_), fmt::format("{} is missing.", name));
  if (found && is_blank(*found)) complain(name, "is empty.");
  return found.value_or("");
}

std::optional<std::int64_t> Fields::whole_number(std::string_view name) {
  const Json* value = member(name);
  if (!value) return std::nullopt;
  if (value->is_number_integer()) return value->get<std::int64_t>();
  complain(name, "is not a whole number.");
  return std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view name) {
  const Json* value = member(name);
  if (!value) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  complain(name, "is neither true nor false.");
  return std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view name) {
  const Json* value = member(name);
  if (!value) return {};
  if (value->is_string()) return {value->get<std::string>()};
  std::vector<std::string> texts;
  if (value->is_array() && std::ranges::all_of(*value, [](const Json& item) { return item.is_string(); }))
    for (const Json& item : *value) texts.push_back(item.get<std::string>());
  else
    complain(name, "is neither a text nor a list of texts.");
  return texts;
}

const Json* Fields::mapping(std::string_view name) {
  const Json* value = member(name);
  if (!value || value->is_object()) return value;
  complain(name, "is not a mapping (name: value).");
  return nullptr;
}

const Json* Fields::list(std::string_view name) {
  const Json* value = member(name);
  if (!value || value->is_array()) return value;
  complain(name, "is not a list.");
  return nullptr;
}

std::optional<Problem> Fields::finish() {
  if (problem_ || !mapping_) return problem_;
  // What a repeated name meant cannot be known: the first value would be lost without a word.
  for (const SyntaxFault& fault : document_->faults())
    if (fault.id.ends_with("duplicate_key")) problem_at(fault.position, fault.message);
  if (problem_) return problem_;
  const std::vector<std::string_view> known{asked_.begin(), asked_.end()};
  for (const auto& [name, value] : mapping_->items()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::string near = nearest(name, known);
    problem_at(document_->key_position(pointer_of(name)),
               near.empty() ? fmt::format("{} is not known here.", printable(name))
                            : fmt::format("{} is not known here; did you mean {}?", printable(name), near));
    break;
  }
  return problem_;
}

}  // namespace plugvet
