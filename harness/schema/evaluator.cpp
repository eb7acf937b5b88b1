#include "harness/schema/evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "harness/support/text.h"

namespace plugvet::schema {
namespace {

/// Counted only where the number of bytes does not decide.
bool has_at_least(const std::string& text, std::size_t count) {
  if (text.size() < count) return false;
  return text.size() / 4 >= count || code_points(text) >= count;
}
bool has_at_most(const std::string& text, std::size_t count) {
  if (text.size() <= count) return true;
  return text.size() / 4 <= count && code_points(text) <= count;
}

const Json::object_t& members_of(const Json& object) {
  return *object.get_ptr<const Json::object_t*>();
}

}  // namespace

void Marks::add_far(std::size_t index) {
  if (far_.size() <= index - 64) far_.resize(index - 63);
  far_[index - 64] = true;
}

void Marks::merge(const Marks& other) {
  all_ |= other.all_;
  first_ |= other.first_;
  if (far_.size() < other.far_.size()) far_.resize(other.far_.size());
  for (std::size_t i = 0; i < other.far_.size(); ++i) far_[i] = far_[i] || other.far_[i];
}

bool Evaluator::evaluate(NodeId id, const Json& value, const Path* path, Marks* marks) {
  const Node& node = all_.nodes[id];
  if (node.accepts_all) return true;
  if (++steps_ > options_.steps) return unknown(id, "", path, "It takes too much work to evaluate.");
  if (depth_ == deepest) return unknown(id, "", path, "The schemas are applied within each other too deep.");
  for (std::size_t i = depth_; i > 0 && frames_[i - 1].value == &value; --i) {
    if (frames_[i - 1].node == id) return unknown(id, "$ref", path, "It refers to itself in a circle.");
  }
  frames_[depth_++] = {id, &value};
  const bool fits =
      node.has_unevaluated ? apply_with_marks(id, node, value, path, marks) : apply(id, node, value, path, marks);
  --depth_;
  return fits;
}

bool Evaluator::apply_with_marks(NodeId id, const Node& node, const Json& value, const Path* path, Marks* marks) {
  Marks own;
  const std::size_t unknown_before = unknown_;
  if (!apply(id, node, value, path, &own)) return false;
  // Behind what could not be decided nobody knows what was looked at.
  if (unknown_ == unknown_before) {
    if (!check_unevaluated(id, node, value, path, own)) return false;
  } else {
    own.add_all();
  }
  const bool is_judged =
      (value.is_object() && node.objects != none && all_.objects[node.objects].unevaluated != none) ||
      (value.is_array() && node.arrays != none && all_.arrays[node.arrays].unevaluated != none);
  if (is_judged) own.add_all();
  if (marks != nullptr) marks->merge(own);
  return true;
}

bool Evaluator::has_type(const Node& node, const Json& value) const {
  if ((node.types >> static_cast<unsigned>(value.type()) & 1) != 0) return true;
  if (!node.integral_floats || !value.is_number_float() || !is_integral(value)) return false;
  // Draft 4 tells 1.0 from 1; but a whole number may be a float here because it has more than 64 bits.
  constexpr long double beyond_integers = 9223372036854775808.0L;
  return all_.documents.resource(node.resource).dialect != Dialect::draft_4 ||
         std::fabs(number_in(value)) >= beyond_integers;
}

bool Evaluator::apply(NodeId id, const Node& node, const Json& value, const Path* path, Marks* marks) {
  if (node.accepts_null && value.is_null()) return true;
  if (node.refuses_all) {
    fail(id, "", path, [&] { return Text{"no value", shown(value), fmt::format("{} is not allowed", name(path))}; });
    return false;
  }
  if (!has_type(node, value)) {  // what else is wrong follows from this
    fail(id, "type", path, [&] { return Text{expected_type(node), shown(value)}; });
    return false;
  }
  bool fits = true;
  const auto holds = [&](bool fulfilled) {
    fits = fits && fulfilled;
    return fits || explains_;
  };
  for (std::uint32_t defect = node.defects; defect != none; defect = all_.defects[defect].next)
    unknown(id, all_.defects[defect].keyword, path, all_.defects[defect].message);
  if (node.values != none && !holds(check_values(id, all_.values[node.values], value, path))) return false;
  switch (value.type()) {
    case Json::value_t::string:
      if (node.strings != none &&
          !holds(check_string(id, all_.strings[node.strings], *value.get_ptr<const std::string*>(), path)))
        return false;
      break;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      if (node.numbers != none && !holds(check_number(id, all_.numbers[node.numbers], value, path))) return false;
      break;
    case Json::value_t::array:
      if (node.arrays != none && !holds(check_array(id, all_.arrays[node.arrays], value, path, marks))) return false;
      break;
    case Json::value_t::object:
      if (node.objects != none && !holds(check_object(id, all_.objects[node.objects], value, path, marks)))
        return false;
      break;
    default:
      break;
  }
  return holds(node.combined == none || check_combined(id, all_.combined[node.combined], value, path, marks)) && fits;
}

// --- Values, strings, numbers ----------------------------------------------------------------------------------------

bool Evaluator::check_values(NodeId id, const Values& rules, const Json& value, const Path* path) {
  if (rules.constant != nullptr && !are_equal(*rules.constant, value)) {
    fail(id, "const", path, [&] { return Text{shown(*rules.constant), shown(value)}; });
    return false;
  }
  if (!rules.allowed || rules.allowed->contains(value)) return true;
  fail(id, "enum", path, [&] {
    constexpr std::size_t most = 6;
    const auto& values = rules.allowed->values();
    std::vector<std::string> listed_values;
    for (std::size_t i = 0; i < values.size() && i < most; ++i) listed_values.push_back(shown(*values[i]));
    if (values.size() > most) listed_values.push_back(fmt::format("{} more", values.size() - most));
    if (values.empty()) return Text{"nothing at all", shown(value)};
    return Text{values.size() == 1 ? listed_values[0] : "one of " + listed(listed_values, "or"), shown(value)};
  });
  return false;
}

bool Evaluator::check_string(NodeId id, const StringRules& rules, const std::string& text, const Path* path) {
  steps_ += text.size() / 256;
  bool fits = true;
  const auto broken = [&](std::string_view keyword, auto make_text) {
    fits = false;
    return fail(id, keyword, path, make_text);
  };
  const auto length_text = [&](std::string_view bound, std::size_t limit) {
    return Text{fmt::format("{} {}", bound, counted(limit, "character")),
                fmt::format("{} with {}", in_quotes(text), counted(code_points(text), "character"))};
  };
  if (rules.min_length > 0 && !has_at_least(text, rules.min_length) &&
      !broken("minLength", [&] { return length_text("at least", rules.min_length); }))
    return false;
  if (rules.max_length != SIZE_MAX && !has_at_most(text, rules.max_length) &&
      !broken("maxLength", [&] { return length_text("at most", rules.max_length); }))
    return false;
  if (rules.pattern != none) {
    const Pattern& pattern = all_.patterns[rules.pattern];
    const Pattern::Match match = pattern.match(text, steps_);
    if (match == Pattern::Match::unknown) {
      unknown(id, "pattern", path,
              pattern.error().empty() ? "Matching the pattern takes too long."
                                      : fmt::format("The pattern cannot be matched: {}.", pattern.error()));
    } else if (match == Pattern::Match::no && !broken("pattern", [&] {
                 return Text{fmt::format("a string that matches {}", printable(shortened(*rules.pattern_source, 120))),
                             in_quotes(text)};
               })) {
      return false;
    }
  }
  if (rules.format != nullptr && !rules.format->fits_text(text) && !broken("format", [&] {
        return Text{fmt::format("a string in {} format", rules.format->name), in_quotes(text)};
      }))
    return false;
  if (rules.is_base64 && !is_base64(text)) {
    fits = false;
    if (!fail(id, "contentEncoding", path, [&] { return Text{"a string in base64", in_quotes(text)}; })) return false;
  } else if (rules.is_json && !Json::accept(rules.is_base64 ? base64_decoded(text) : text)) {
    fits = false;
    if (!fail(id, "contentMediaType", path, [&] { return Text{"a JSON document", in_quotes(text)}; })) return false;
  }
  return fits;
}

bool Evaluator::check_number(NodeId id, const NumberRules& rules, const Json& value, const Path* path) {
  const long double number = number_in(value);
  bool fits = true;
  const auto broken = [&](std::string_view keyword, std::string_view expected, const Json& limit) {
    fits = false;
    return fail(id, keyword, path, [&] { return Text{fmt::format("{} {}", expected, limit.dump()), shown(value)}; });
  };
  if (rules.minimum != nullptr && number < number_in(*rules.minimum) &&
      !broken("minimum", "a number that is at least", *rules.minimum))
    return false;
  if (rules.maximum != nullptr && number > number_in(*rules.maximum) &&
      !broken("maximum", "a number that is at most", *rules.maximum))
    return false;
  // In draft 4 a flag makes the plain limit exclusive; what is beyond it was told already.
  const Json* above = rules.exclusive_minimum;
  if (above != nullptr && number <= number_in(*above) && (above != rules.minimum || number == number_in(*above)) &&
      !broken("exclusiveMinimum", "a number above", *above))
    return false;
  const Json* below = rules.exclusive_maximum;
  if (below != nullptr && number >= number_in(*below) && (below != rules.maximum || number == number_in(*below)) &&
      !broken("exclusiveMaximum", "a number below", *below))
    return false;
  if (rules.multiple_of != nullptr && !is_multiple(value, *rules.multiple_of) &&
      !broken("multipleOf", "a multiple of", *rules.multiple_of))
    return false;
  if (rules.format != nullptr && !rules.format->fits_number(value)) {
    fits = false;
    if (!fail(id, "format", path, [&] {
          return Text{fmt::format("a number in {} format", rules.format->name), shown(value)};
        }))
      return false;
  }
  return fits;
}

// --- Arrays ----------------------------------------------------------------------------------------------------------

bool Evaluator::check_array(NodeId id, const ArrayRules& rules, const Json& value, const Path* path, Marks* marks) {
  const std::size_t size = value.size();
  bool fits = true;
  const auto broken = [&](std::string_view keyword, std::string_view bound, std::size_t limit) {
    fits = false;
    return fail(id, keyword, path, [&] {
      return Text{fmt::format("an array of {} {}", bound, counted(limit, "item")), shown(value)};
    });
  };
  if (size < rules.min_items && !broken("minItems", "at least", rules.min_items)) return false;
  if (size > rules.max_items && !broken("maxItems", "at most", rules.max_items)) return false;
  if (!rules.prefix.empty() || rules.items != none) {
    std::size_t index = 0;
    for (const Json& item : *value.get_ptr<const Json::array_t*>()) {
      const NodeId node = index < rules.prefix.size() ? rules.prefix[index] : rules.items;
      if (node == none) break;
      const Path here{path, {}, index, true};
      if (!evaluate(node, item, &here)) {
        fits = false;
        if (!explains_ || has_more_) return false;
      }
      ++index;
    }
    if (marks != nullptr && rules.items != none) marks->add_all();
    if (marks != nullptr) marks->add_first(std::min(size, rules.prefix.size()));
  }
  if (rules.has_unique_items && size > 1 && !check_unique(id, value, path)) {
    fits = false;
    if (!explains_) return false;
  }
  return (rules.contains == none || check_contains(id, rules, value, path, marks)) && fits;
}

bool Evaluator::check_unique(NodeId id, const Json& value, const Path* path) {
  constexpr std::size_t few = 12;  // for which no table is made
  const auto& items = *value.get_ptr<const Json::array_t*>();
  std::size_t repeated = items.size();
  if (items.size() <= few) {
    for (std::size_t i = 1; i < items.size() && repeated == items.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (!are_equal(items[i], items[j])) continue;
        repeated = i;
        break;
      }
    }
  } else {
    steps_ += items.size() / 4;
    ValueSet seen;
    seen.reserve(items.size());
    for (std::size_t i = 0; i < items.size() && repeated == items.size(); ++i) {
      if (!seen.add(items[i])) repeated = i;
    }
  }
  if (repeated == items.size()) return true;
  const Path here{path, {}, repeated, true};
  fail(id, "uniqueItems", &here, [&] {
    return Text{"items that are all different", "a repeated item",
                fmt::format("{} is {}, which is in the array already; its items must be different", name(&here),
                            shown(items[repeated]))};
  });
  return false;
}

bool Evaluator::check_contains(NodeId id, const ArrayRules& rules, const Json& value, const Path* path, Marks* marks) {
  std::size_t certain = 0, possible = 0, index = 0;
  for (const Json& item : *value.get_ptr<const Json::array_t*>()) {
    const Path here{path, {}, index, true};
    const Verdict verdict = test(rules.contains, item, &here, nullptr);
    certain += verdict == Verdict::yes;
    possible += verdict != Verdict::no;
    if (marks != nullptr && rules.contains_evaluates && verdict != Verdict::no) marks->add(index);
    ++index;
    const bool is_decided = certain >= rules.min_contains && rules.max_contains == SIZE_MAX;
    if (is_decided && marks == nullptr) return true;
  }
  const auto found = [&] { return certain == 0 ? std::string{"none"} : std::to_string(certain); };
  if (possible < rules.min_contains) {
    const std::string_view keyword = rules.min_contains == 1 ? "contains" : "minContains";
    fail(id, keyword, path, [&] {
      return Text{fmt::format("an array with at least {} that matches", counted(rules.min_contains, "item")),
                  fmt::format("{}, of which {} matches", shown(value), found())};
    });
    return false;
  }
  if (certain > rules.max_contains) {
    fail(id, "maxContains", path, [&] {
      return Text{fmt::format("an array with at most {} that match", counted(rules.max_contains, "item")),
                  fmt::format("{}, of which {} match", shown(value), found())};
    });
    return false;
  }
  return true;
}

// --- Objects ---------------------------------------------------------------------------------------------------------

bool Evaluator::check_object(NodeId id, const ObjectRules& rules, const Json& value, const Path* path, Marks* marks) {
  const auto& members = members_of(value);
  bool fits = true;
  const auto broken = [&](std::string_view keyword, std::string_view bound, std::size_t limit) {
    fits = false;
    return fail(id, keyword, path, [&] {
      return Text{fmt::format("an object of {} {}", bound, counted(limit, "member")),
                  fmt::format("an object of {}", counted(members.size(), "member"))};
    });
  };
  if (members.size() < rules.min_properties && !broken("minProperties", "at least", rules.min_properties)) return false;
  if (members.size() > rules.max_properties && !broken("maxProperties", "at most", rules.max_properties)) return false;
  std::size_t cursor = 0, index = 0;
  std::uint32_t required = 0;
  for (const auto& [member_name, member] : members) {
    const Property* property = rules.properties.find(member_name, cursor);
    if (property != nullptr) required += property->required_in >> direction_ & 1;
    bool is_known = false;
    if (!check_member(id, rules, property, member_name, member, path, is_known)) {
      fits = false;
      if (!explains_ || has_more_) return false;
    }
    if (marks != nullptr && is_known) marks->add(index);
    ++index;
  }
  if (required < rules.required_counts[direction_] && !check_missing(id, rules, value, path)) {
    fits = false;
    if (!explains_) return false;
  }
  return (rules.dependencies.empty() || check_dependencies(id, rules, value, path, marks)) && fits;
}

bool Evaluator::check_member(NodeId id, const ObjectRules& rules, const Property* property,
                             std::string_view member_name, const Json& member, const Path* path, bool& is_known) {
  const Path here{path, member_name, 0, false};
  bool fits = true;
  if (property != nullptr && property->node != none) {
    is_known = true;
    if ((property->not_allowed_in >> direction_ & 1) != 0) {
      const bool is_request = options_.direction == Direction::request;
      fits = false;
      const auto text = [&] {
        return Text{is_request ? "no member that is readOnly" : "no member that is writeOnly", shown(member),
                    fmt::format("{} is {} and does not belong into a {}", name(&here),
                                is_request ? "readOnly" : "writeOnly", is_request ? "request" : "response")};
      };
      if (!fail(property->node, is_request ? "readOnly" : "writeOnly", &here, text)) return false;
    }
    fits = evaluate(property->node, member, &here) && fits;
    if (!fits && !explains_) return false;
  }
  for (const auto& [pattern, node, source] : rules.patterns) {
    const Pattern::Match match = all_.patterns[pattern].match(member_name, steps_);
    ++steps_;
    if (match == Pattern::Match::no) continue;
    is_known = true;
    if (match == Pattern::Match::unknown) {
      unknown(id, "patternProperties", &here, "Whether the pattern matches the member's name cannot be decided.");
    } else if (!evaluate(node, member, &here)) {
      fits = false;
      if (!explains_) return false;
    }
  }
  if (!is_known && rules.additional != none) {
    is_known = true;
    if (all_.nodes[rules.additional].refuses_all) {
      fits = false;
      const auto text = [&] {
        std::vector<std::string_view> known;
        for (const Property& other : rules.properties.all()) {
          if (known.size() == 200) break;
          if (other.node != none) known.push_back(other.name);
        }
        const std::string similar = nearest(member_name, known);
        return Text{"no other members than those of the schema", in_quotes(member_name),
                    fmt::format("{} is not a member that the schema allows{}", name(&here),
                                similar.empty() ? "" : fmt::format("; there is {}", in_quotes(similar)))};
      };
      if (!fail(id, "additionalProperties", &here, text)) return false;
    } else if (!evaluate(rules.additional, member, &here)) {
      fits = false;
      if (!explains_) return false;
    }
  }
  if (rules.names != none && !check_name(id, rules.names, member_name, path)) fits = false;
  return fits;
}

bool Evaluator::check_name(NodeId id, NodeId names, std::string_view member_name, const Path* path) {
  const Json text = std::string{member_name};
  if (test(names, text, path, nullptr) != Verdict::no) return true;
  fail(id, "propertyNames", path, [&] {
    const std::vector<ValidationError> errors = explain(names, text, path);
    const std::string expected = errors.empty() || errors[0].expected.empty() ? "another name" : errors[0].expected;
    return Text{fmt::format("names of members that are {}", expected), in_quotes(member_name),
                fmt::format("the name of the member {} of {} is not allowed, expected {}", in_quotes(member_name),
                            name(path), expected)};
  });
  return false;
}

bool Evaluator::check_missing(NodeId id, const ObjectRules& rules, const Json& value, const Path* path) {
  if (!explains_) return false;
  for (const Property& property : rules.properties.all()) {
    if ((property.required_in >> direction_ & 1) == 0 || member(value, property.name) != nullptr) continue;
    const auto text = [&] {
      return Text{fmt::format("a member {}", in_quotes(property.name)), "no such member",
                  fmt::format("{} lacks the member {}", name(path), in_quotes(property.name))};
    };
    if (!fail(id, "required", path, text)) break;
  }
  return false;
}

bool Evaluator::check_dependencies(NodeId id, const ObjectRules& rules, const Json& value, const Path* path,
                                   Marks* marks) {
  bool fits = true;
  for (const auto& dependency : rules.dependencies) {
    steps_ += 1 + value.size() / 16;
    if (member(value, dependency.name) == nullptr) continue;
    for (const std::string_view needed : dependency.required) {
      steps_ += 1 + value.size() / 16;
      if (member(value, needed) != nullptr) continue;
      fits = false;
      const auto text = [&] {
        return Text{fmt::format("a member {}", in_quotes(needed)), "no such member",
                    fmt::format("{} has the member {}, but lacks {}, which must be there too", name(path),
                                in_quotes(dependency.name), in_quotes(needed))};
      };
      if (!fail(id, dependency.keyword, path, text)) return false;
    }
    if (dependency.node != none && !evaluate(dependency.node, value, path, marks)) {
      fits = false;
      if (!explains_) return false;
    }
    if (steps_ > options_.steps)
      return unknown(id, dependency.keyword, path, "It takes too much work to evaluate.") && fits;
  }
  return fits;
}

bool Evaluator::check_unevaluated(NodeId id, const Node& node, const Json& value, const Path* path,
                                  const Marks& marks) {
  bool fits = true;
  std::size_t index = 0;
  const auto check = [&](NodeId rest, std::string_view keyword, const Json& inner, const Path& here) {
    if (marks.has(index++)) return true;
    if (!all_.nodes[rest].refuses_all) {
      if (evaluate(rest, inner, &here)) return true;
    } else {
      const auto text = [&] {
        return Text{here.is_index ? "no further items" : "no further members", shown(inner),
                    fmt::format("{} is not allowed: no part of the schema expects it", name(&here))};
      };
      fail(id, keyword, &here, text);
    }
    fits = false;
    return explains_ && !has_more_;
  };
  if (value.is_object() && node.objects != none) {
    const NodeId rest = all_.objects[node.objects].unevaluated;
    if (rest == none) return true;
    for (const auto& [member_name, member] : members_of(value)) {
      if (!check(rest, "unevaluatedProperties", member, {path, member_name, 0, false})) return false;
    }
  } else if (value.is_array() && node.arrays != none) {
    const NodeId rest = all_.arrays[node.arrays].unevaluated;
    if (rest == none) return true;
    for (const Json& item : *value.get_ptr<const Json::array_t*>()) {
      if (!check(rest, "unevaluatedItems", item, {path, {}, index, true})) return false;
    }
  }
  return fits;
}

// --- Schemas for the same value --------------------------------------------------------------------------------------

Evaluator::Verdict Evaluator::test(NodeId id, const Json& value, const Path* path, Marks* marks) {
  const bool explained = std::exchange(explains_, false);
  const std::size_t before = unknown_;
  Marks own;
  const bool fits = evaluate(id, value, path, marks == nullptr ? nullptr : &own);
  explains_ = explained;
  if (!fits) {
    unknown_ = before;
    return Verdict::no;
  }
  if (marks != nullptr) marks->merge(own);
  if (unknown_ == before) return Verdict::yes;
  if (explains_) {  // once more, to say what it was
    unknown_ = before;
    evaluate(id, value, path);
  }
  return Verdict::maybe;
}

std::vector<ValidationError> Evaluator::explain(NodeId id, const Json& value, const Path* path) {
  constexpr std::size_t enough = 8;
  std::vector<ValidationError> outer = std::exchange(errors_, {});
  const std::size_t outer_limit = std::exchange(error_limit_, enough);
  const bool outer_more = std::exchange(has_more_, false);
  const std::size_t unknown_before = unknown_, unknowns_before = unknowns_.size();
  evaluate(id, value, path);
  unknown_ = unknown_before;
  unknowns_.resize(unknowns_before);
  error_limit_ = outer_limit;
  has_more_ = outer_more;
  return std::exchange(errors_, std::move(outer));
}

NodeId Evaluator::dynamic_target(const CombinedRules::DynamicReference& reference) const {
  if (reference.candidates.empty()) return reference.first;
  for (std::size_t i = 0; i < depth_; ++i) {  // the outermost first
    const ResourceId resource = all_.nodes[frames_[i].node].resource;
    for (const auto& [candidate, node] : reference.candidates) {
      if (candidate == resource) return node;
    }
  }
  return reference.first;
}

bool Evaluator::check_combined(NodeId id, const CombinedRules& rules, const Json& value, const Path* path,
                               Marks* marks) {
  bool fits = true;
  const auto holds = [&](bool fulfilled) {
    fits = fits && fulfilled;
    return fits || (explains_ && !has_more_);
  };
  if (rules.reference != none && !holds(evaluate(rules.reference, value, path, marks))) return false;
  if (rules.dynamic && !holds(evaluate(dynamic_target(*rules.dynamic), value, path, marks))) return false;
  for (const NodeId node : rules.all_of) {
    if (!holds(evaluate(node, value, path, marks))) return false;
  }
  if (!rules.any_of.empty() && !holds(check_any_of(id, rules, value, path, marks))) return false;
  if (!rules.one_of.empty() && !holds(check_one_of(id, rules, value, path, marks))) return false;
  if (rules.negation != none && test(rules.negation, value, path, nullptr) == Verdict::yes) {
    const auto text = [&] {
      return Text{"a value that does not match the schema under \"not\"", shown(value),
                  fmt::format("{} is {}, which the schema under \"not\" excludes", name(path), shown(value))};
    };
    fits = false;
    if (!fail(id, "not", path, text)) return false;
  }
  if (rules.condition != none && !holds(check_condition(rules, value, path, marks))) return false;
  return fits;
}

bool Evaluator::check_any_of(NodeId id, const CombinedRules& rules, const Json& value, const Path* path, Marks* marks) {
  if (rules.discriminator && rules.one_of.empty()) {
    if (const auto chosen = check_discriminated(id, rules, rules.any_of, value, path, marks)) return *chosen;
  }
  bool fits = false;
  const std::size_t before = unknown_;
  const std::size_t told_before = unknowns_.size();
  for (const NodeId node : rules.any_of) {
    const Verdict verdict = test(node, value, path, marks);
    if (verdict == Verdict::yes) {
      unknown_ = before;  // whatever the others may be
      unknowns_.resize(told_before);
      fits = true;
      if (marks == nullptr) return true;
    }
    fits = fits || verdict == Verdict::maybe;
  }
  if (!fits) report_alternatives(id, "anyOf", rules.any_of, value, path);
  return fits;
}

bool Evaluator::check_one_of(NodeId id, const CombinedRules& rules, const Json& value, const Path* path, Marks* marks) {
  if (rules.discriminator) {
    if (const auto chosen = check_discriminated(id, rules, rules.one_of, value, path, marks)) return *chosen;
  }
  std::size_t possible = 0, first = 0, second = 0, certain = 0;
  for (std::size_t i = 0; i < rules.one_of.size(); ++i) {
    const Verdict verdict = test(rules.one_of[i], value, path, marks);
    possible += verdict != Verdict::no;
    if (verdict != Verdict::yes) continue;
    if (++certain == 1) first = i + 1;
    if (certain == 2) {
      second = i + 1;
      break;
    }
  }
  if (certain == 2) {
    fail(id, "oneOf", path, [&] {
      return Text{fmt::format("a value that matches exactly one of {} alternatives", rules.one_of.size()), shown(value),
                  fmt::format("{} is {} that matches alternatives {} and {}, expected exactly one", name(path),
                              shown(value), first, second)};
    });
    return false;
  }
  if (possible == 0) report_alternatives(id, "oneOf", rules.one_of, value, path);
  return possible > 0;
}

std::optional<bool> Evaluator::check_discriminated(NodeId id, const CombinedRules& rules,
                                                   const std::vector<NodeId>& alternatives, const Json& value,
                                                   const Path* path, Marks* marks) {
  const Discriminator& chooser = *rules.discriminator;
  if (!value.is_object()) return {};
  const Json* tag = member(value, chooser.property);
  const Path here{path, chooser.property, 0, false};
  if (tag == nullptr) {
    if (!chooser.is_complete) return {};
    fail(id, "discriminator", path, [&] {
      return Text{fmt::format("a member {}", in_quotes(chooser.property)), "no such member",
                  fmt::format("{} lacks the member {}, which tells its kind", name(path), in_quotes(chooser.property))};
    });
    return false;
  }
  const auto* text = tag->get_ptr<const std::string*>();
  const auto found = text == nullptr ? chooser.alternatives.end() : chooser.alternatives.find(*text);
  if (found != chooser.alternatives.end()) return evaluate(alternatives[found->second], value, path, marks);
  if (!chooser.is_complete) return {};
  fail(id, "discriminator", &here, [&] {
    std::vector<std::string> names;
    for (const auto& [known, index] : chooser.alternatives) names.push_back(in_quotes(known));
    std::ranges::sort(names);
    if (names.size() > 8) names.resize(8);
    return Text{"one of " + listed(names, "or"), shown(*tag)};
  });
  return false;
}

bool Evaluator::check_condition(const CombinedRules& rules, const Json& value, const Path* path, Marks* marks) {
  if (rules.then_branch == none && rules.else_branch == none && marks == nullptr) return true;
  const Verdict verdict = test(rules.condition, value, path, marks);
  if (verdict == Verdict::maybe) return true;
  const NodeId branch = verdict == Verdict::yes ? rules.then_branch : rules.else_branch;
  return branch == none || evaluate(branch, value, path, marks);
}

// --- What cannot be decided ------------------------------------------------------------------------------------------

bool Evaluator::unknown(NodeId id, std::string_view keyword, const Path* path, std::string_view reason) {
  constexpr std::size_t most = 50;
  ++unknown_;
  if (!explains_ || unknowns_.size() == most) return true;
  const bool is_told = std::ranges::any_of(unknowns_, [&](const Unknown& other) {
    return other.node == id && other.keyword == keyword && other.reason == reason;
  });
  if (is_told) return true;
  unknowns_.push_back({id, pointer_of(path), std::string{reason}, all_.place_of(id, keyword), std::string{keyword}});
  return true;
}

}  // namespace plugvet::schema
