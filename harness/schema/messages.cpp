// What an evaluation says about the errors that it found.
#include <fmt/format.h>

#include <algorithm>

#include "harness/schema/evaluator.h"
#include "harness/support/characters.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet::schema {
namespace {

std::vector<const Path*> way_to(const Path* path) {
  std::vector<const Path*> way;
  for (; path != nullptr && path->parent != nullptr; path = path->parent) way.push_back(path);
  std::ranges::reverse(way);
  return way;
}

bool is_identifier(std::string_view name) {
  return !name.empty() && name.size() <= 60 && !is_digit(name[0]) && std::ranges::all_of(name, [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '$' || c == '-';
  });
}

/// How badly a value misses an alternative: another type altogether, another kind, something in it.
struct Distance {
  std::size_t wrong_type, wrong_kind, errors;
  auto operator<=>(const Distance&) const = default;
};

Distance distance_of(const std::vector<ValidationError>& errors, const std::string& pointer) {
  Distance distance{0, 0, errors.size()};
  for (const ValidationError& error : errors) {
    distance.wrong_type += error.instance == pointer && (error.keyword == "type" || error.keyword.empty());
    distance.wrong_kind += error.keyword == "const" || error.keyword == "enum";
  }
  return distance;
}

}  // namespace

std::string pointer_of(const Path* path) {
  std::string pointer;
  for (const Path* part : way_to(path)) {
    pointer += part->is_index ? join_pointer("", part->index) : join_pointer("", part->name);
  }
  return pointer;
}

/// As a program would write it: `loans[2].due`.
std::string Evaluator::name(const Path* path) const {
  constexpr std::size_t most_parts = 12;
  std::vector<const Path*> way = way_to(path);
  if (way.empty()) return std::string{options_.subject};
  std::string text;
  if (way.size() > most_parts) {
    text = "…";
    way.erase(way.begin(), way.end() - static_cast<std::ptrdiff_t>(most_parts));
  }
  for (const Path* part : way) {
    if (part->is_index) {
      text += fmt::format("[{}]", part->index);
    } else if (!is_identifier(part->name)) {
      text += fmt::format("[{}]", in_quotes(part->name));
    } else {
      if (!text.empty()) text += '.';
      text += part->name;
    }
  }
  return text.starts_with('[') ? fmt::format("item {}", text) : text;
}

std::string Evaluator::expected_type(const Node& node) const {
  struct TypeText {
    Json::value_t type;
    std::string_view text;
  };
  constexpr std::array types = std::to_array<TypeText>({
      {Json::value_t::object, "an object"},
      {Json::value_t::array, "an array"},
      {Json::value_t::string, "a string"},
      {Json::value_t::boolean, "true or false"},
      {Json::value_t::null, "null"},
  });
  const auto accepts = [&](Json::value_t type) { return (node.types >> static_cast<unsigned>(type) & 1) != 0; };
  std::vector<std::string> texts;
  for (const auto& [type, text] : types) {
    if (!accepts(type) && !(type == Json::value_t::null && node.accepts_null)) continue;
    const Format* format =
        type == Json::value_t::string && node.strings != none ? all_.strings[node.strings].format : nullptr;
    texts.push_back(format == nullptr ? std::string{text} : fmt::format("{} in {} format", text, format->name));
  }
  if (accepts(Json::value_t::number_float)) {
    texts.emplace_back("a number");
  } else if (accepts(Json::value_t::number_integer)) {
    texts.emplace_back("a whole number");
  }
  return listed(texts, "or");
}

bool Evaluator::is_full() {
  if (errors_.size() >= error_limit_) has_more_ = true;
  return has_more_;
}

void Evaluator::add_error(NodeId id, std::string_view keyword, const Path* path, Text text) {
  if (text.message.empty()) text.message = fmt::format("{} is {}, expected {}", name(path), text.actual, text.expected);
  errors_.push_back({pointer_of(path), all_.place_of(id, keyword), std::string{keyword}, std::move(text.message),
                     std::move(text.expected), std::move(text.actual)});
}

/// None of the alternatives fits: what the closest one lacks is what people want to know.
void Evaluator::report_alternatives(NodeId id, std::string_view keyword, const std::vector<NodeId>& alternatives,
                                    const Json& value, const Path* path) {
  if (!explains_ || is_full()) return;
  constexpr std::size_t most = 64;
  const std::string pointer = pointer_of(path);
  std::size_t best = 0, candidates = 0;
  std::vector<ValidationError> closest;
  Distance least{};
  for (std::size_t i = 0; i < alternatives.size() && i < most; ++i) {
    std::vector<ValidationError> errors = explain(alternatives[i], value, path);
    if (errors.empty()) continue;
    const Distance distance = distance_of(errors, pointer);
    candidates += distance.wrong_type == 0;
    if (!closest.empty() && !(distance < least)) continue;
    least = distance;
    best = i;
    closest = std::move(errors);
  }
  if (candidates == 1 || (alternatives.size() == 1 && !closest.empty())) {  // the others are of another type altogether
    for (ValidationError& error : closest) {
      if (is_full()) break;
      errors_.push_back(std::move(error));
    }
    return;
  }
  const std::string expected = fmt::format("a match of one of {} alternatives", alternatives.size());
  std::string message =
      fmt::format("{} is {} that matches none of {} alternatives", name(path), shown(value), alternatives.size());
  if (least.wrong_type > 0) {  // of no alternative's type
    std::vector<std::string> types;
    for (std::size_t i = 0; i < alternatives.size() && i < most; ++i) {
      const std::string type = expected_type(all_.nodes[alternatives[i]]);
      if (!type.empty() && std::ranges::find(types, type) == types.end()) types.push_back(type);
    }
    if (!types.empty() && types.size() <= 4)
      message = fmt::format("{} is {}, expected {}", name(path), shown(value), listed(types, "or"));
  } else if (!closest.empty()) {
    const SchemaPlace place = all_.place_of(alternatives[best]);
    message += fmt::format("; the closest is #{}: {}", printable(shortened(place.pointer, 120)), closest[0].message);
  }
  add_error(id, keyword, path, {expected, shown(value), std::move(message)});
}

ValidationResult Evaluator::result() && {
  ValidationResult result{.errors = std::move(errors_), .has_more_errors = has_more_, .not_evaluated = {}};
  for (Unknown& unknown : unknowns_)
    result.not_evaluated.push_back(
        {std::move(unknown.instance), std::move(unknown.place), std::move(unknown.keyword), std::move(unknown.reason)});
  return result;
}

}  // namespace plugvet::schema
