#include "harness/schema/node_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace plugvet::schema {
namespace {

constexpr int longest_chain = 100;  // of references that lead to references
constexpr std::size_t most_defects = 1000;

constexpr std::uint16_t type_bit(Json::value_t type) {
  return static_cast<std::uint16_t>(1u << static_cast<unsigned>(type));
}
constexpr std::uint16_t integers = type_bit(Json::value_t::number_integer) | type_bit(Json::value_t::number_unsigned);

struct TypeName {
  std::string_view name;
  std::uint16_t bits;
  bool integral_floats = false;
};
constexpr std::array type_names = std::to_array<TypeName>({
    {"null", type_bit(Json::value_t::null)},
    {"boolean", type_bit(Json::value_t::boolean)},
    {"object", type_bit(Json::value_t::object)},
    {"array", type_bit(Json::value_t::array)},
    {"string", type_bit(Json::value_t::string)},
    {"number", integers | type_bit(Json::value_t::number_float)},
    {"integer", integers, true},
});

constexpr std::uint8_t direction_bit(Direction direction) {
  return static_cast<std::uint8_t>(1u << static_cast<unsigned>(direction));
}
constexpr std::uint8_t all_directions = 7;

bool is_true(const Json* value) {
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

/// "#/components/schemas/Dog" names an alternative "Dog".
std::string last_segment(std::string_view reference) {
  return std::string{reference.substr(reference.rfind('/') + 1)};
}

}  // namespace

NodeCompiler::NodeCompiler(Compilation& compilation, NodeId id)
    : all_{compilation}, id_{id}, node_{compilation.nodes[id]}, source_{*node_.source} {
  const Resource& resource = all_.documents.resource(node_.resource);
  dialect_ = resource.dialect;
  has_validation_ = resource.has_validation;
  formats_are_asserted_ = resource.formats_are_asserted;
}

void NodeCompiler::compile() {
  if (source_.is_boolean()) {
    (source_.get<bool>() ? node_.accepts_all : node_.refuses_all) = true;
  } else {
    is_lone_ = is(with_lone_references) && text_member(source_, "$ref") != nullptr;
    for (const auto& [name, value] : *source_.get_ptr<const Json::object_t*>()) {
      const KeywordInfo* info = find_keyword(name, dialect_);
      const bool is_ignored = info == nullptr || (is_lone_ && info->keyword != Keyword::reference) ||
                              (info->is_validation && !has_validation_);
      if (!is_ignored) keyword(*info, name, value);
    }
    finish();
  }
  all_.nodes[id_] = node_;
}

void NodeCompiler::keyword(const KeywordInfo& info, const std::string& name, const Json& value) {
  keyword_ = name;
  const bool may_be_flag =
      !is(like_4) || info.keyword == Keyword::additional_properties || info.keyword == Keyword::additional_items;
  const bool is_schema = value.is_object() || (value.is_boolean() && may_be_flag);
  if (info.holds == Holds::schema && !is_schema) return wrong_type(value, "a schema");
  if ((info.holds == Holds::schemas) && (!value.is_array() || value.empty()) && info.keyword != Keyword::prefix_items)
    return wrong_type(value, "a list of schemas");
  if (info.holds == Holds::named_schemas && !value.is_object()) return wrong_type(value, "an object of schemas");
  switch (info.keyword) {
    case Keyword::reference:
      return reference(value);
    case Keyword::dynamic_reference:
      return dynamic_reference(value, false);
    case Keyword::recursive_reference:
      return dynamic_reference(value, true);
    case Keyword::all_of:
      made(combined_).all_of = children(value);
      return;
    case Keyword::any_of:
      made(combined_).any_of = children(value);
      return;
    case Keyword::one_of:
      made(combined_).one_of = children(value);
      return;
    case Keyword::negation:
      made(combined_).negation = child(value, keyword_);
      return;
    case Keyword::condition:
      made(combined_).condition = child(value, keyword_);
      return;
    case Keyword::then_branch:
      made(combined_).then_branch = child(value, keyword_);
      return;
    case Keyword::else_branch:
      made(combined_).else_branch = child(value, keyword_);
      return;
    case Keyword::type:
      return type(value);
    case Keyword::enumeration:
      return values(value);
    case Keyword::constant:
      made(values_).constant = &value;
      return;
    case Keyword::minimum:
      return limit(made(numbers_).minimum, value);
    case Keyword::maximum:
      return limit(made(numbers_).maximum, value);
    case Keyword::exclusive_minimum:
      return exclusive_limit(made(numbers_).exclusive_minimum, member(source_, "minimum"), value);
    case Keyword::exclusive_maximum:
      return exclusive_limit(made(numbers_).exclusive_maximum, member(source_, "maximum"), value);
    case Keyword::multiple_of:
      if (!value.is_number() || number_in(value) <= 0) return wrong_type(value, "a number above 0");
      made(numbers_).multiple_of = &value;
      return;
    case Keyword::min_length:
      return count(made(strings_).min_length, value);
    case Keyword::max_length:
      return count(made(strings_).max_length, value);
    case Keyword::pattern:
      return pattern(value);
    case Keyword::format:
      return format(value);
    case Keyword::content_encoding:
      if (formats_are_asserted_ && value == "base64") made(strings_).is_base64 = true;
      return;
    case Keyword::content_media_type:
      if (formats_are_asserted_ && value == "application/json") made(strings_).is_json = true;
      return;
    case Keyword::items:
      return items(value);
    case Keyword::additional_items:
      return;  // with `items`
    case Keyword::prefix_items:
      if (!value.is_array()) return wrong_type(value, "a list of schemas");
      made(arrays_).prefix = children(value);
      return;
    case Keyword::contains:
      made(arrays_).contains = child(value, keyword_);
      arrays_->contains_evaluates = is(dialects_2020);
      return;
    case Keyword::min_contains:
      return count(made(arrays_).min_contains, value);
    case Keyword::max_contains:
      return count(made(arrays_).max_contains, value);
    case Keyword::min_items:
      return count(made(arrays_).min_items, value);
    case Keyword::max_items:
      return count(made(arrays_).max_items, value);
    case Keyword::unique_items:
      return flag(made(arrays_).has_unique_items, value);
    case Keyword::unevaluated_items:
      made(arrays_).unevaluated = child(value, keyword_);
      return;
    case Keyword::properties:
      return properties(value);
    case Keyword::pattern_properties:
      return pattern_properties(value);
    case Keyword::additional_properties:
      made(objects_).additional = child(value, keyword_);
      return;
    case Keyword::property_names:
      made(objects_).names = child(value, keyword_);
      return;
    case Keyword::required:
      return;  // after the properties, which are looked up in the order of the schema
    case Keyword::min_properties:
      return count(made(objects_).min_properties, value);
    case Keyword::max_properties:
      return count(made(objects_).max_properties, value);
    case Keyword::dependencies:
    case Keyword::dependent_required:
    case Keyword::dependent_schemas:
      return dependencies(value);
    case Keyword::unevaluated_properties:
      made(objects_).unevaluated = child(value, keyword_);
      return;
    case Keyword::nullable:
      return flag(node_.accepts_null, value);
    case Keyword::discriminator:
      return;  // when the alternatives are known
    case Keyword::definitions:
    case Keyword::content_schema:
    case Keyword::annotation:
      return;
  }
}

// --- Types and values ------------------------------------------------------------------------------------------------

void NodeCompiler::type(const Json& value) {
  node_.types = 0;
  if (value.is_array() && !value.empty()) {
    for (const Json& name : value) add_type(name);
  } else {
    add_type(value);
  }
}

void NodeCompiler::add_type(const Json& name) {
  const auto found = std::ranges::find_if(type_names, [&](const TypeName& type) { return name == type.name; });
  if (found == type_names.end()) {
    node_.types = 0xFFFF;
    return wrong_type(name, "null, boolean, object, array, number, integer or string");
  }
  node_.types = static_cast<std::uint16_t>(node_.types | found->bits);
  node_.integral_floats |= found->integral_floats;
}

void NodeCompiler::values(const Json& value) {
  if (!value.is_array()) return wrong_type(value, "a list of values");
  ValueSet& set = made(made(values_).allowed);
  set.reserve(value.size());
  for (const Json& allowed : value) set.add(allowed);
}

void NodeCompiler::limit(const Json*& slot, const Json& value) {
  if (!value.is_number()) return wrong_type(value, "a number");
  slot = &value;
}

/// In draft 4 a flag beside the plain limit.
void NodeCompiler::exclusive_limit(const Json*& slot, const Json* plain, const Json& value) {
  if (!is(like_4)) return limit(slot, value);
  if (!value.is_boolean()) return wrong_type(value, "true or false");
  if (value.get<bool>() && plain != nullptr && plain->is_number()) slot = plain;
}

void NodeCompiler::count(std::size_t& slot, const Json& value) {
  if (!is_integral(value) || number_in(value) < 0) return wrong_type(value, "a whole number that is not negative");
  const long double number = number_in(value);
  slot = number >= static_cast<long double>(SIZE_MAX) ? SIZE_MAX : static_cast<std::size_t>(number);
}

void NodeCompiler::flag(bool& slot, const Json& value) {
  if (!value.is_boolean()) return wrong_type(value, "true or false");
  slot = value.get<bool>();
}

void NodeCompiler::pattern(const Json& value) {
  const auto* source = value.get_ptr<const std::string*>();
  if (source == nullptr) return wrong_type(value, "a string");
  made(strings_).pattern = all_.pattern_of(*source);
  strings_->pattern_source = source;
  const std::string& error = all_.patterns[strings_->pattern].error();
  if (!error.empty()) defect(fmt::format("The pattern {} is not evaluated: {}.", in_quotes(*source), error));
}

void NodeCompiler::format(const Json& value) {
  const auto* name = value.get_ptr<const std::string*>();
  if (name == nullptr) return wrong_type(value, "a string");
  const Format* format = formats_are_asserted_ ? find_format(*name) : nullptr;
  if (format == nullptr) return;
  if (format->fits_text != nullptr) made(strings_).format = format;
  if (format->fits_number != nullptr) made(numbers_).format = format;
}

// --- Arrays and objects ----------------------------------------------------------------------------------------------

void NodeCompiler::items(const Json& value) {
  if (is(dialects_2020) || !value.is_array()) {
    if (!value.is_object() && !value.is_boolean()) return wrong_type(value, "a schema");
    made(arrays_).items = child(value, keyword_);
    return;
  }
  made(arrays_).prefix = children(value);
  arrays_->prefix_keyword = "items";
  arrays_->items_keyword = "additionalItems";
  const Json* additional = member(source_, "additionalItems");
  if (additional == nullptr || !find_keyword("additionalItems", dialect_)) return;
  if (!additional->is_object() && !additional->is_boolean()) return;
  arrays_->items = child(*additional, "additionalItems");
}

void NodeCompiler::properties(const Json& value) {
  for (const auto& [name, schema] : *value.get_ptr<const Json::object_t*>()) {
    if (!schema.is_object() && !schema.is_boolean()) {
      wrong_type(schema, "a schema");
      continue;
    }
    const NodeId node = child(schema, keyword_, name);
    Property& property = made(objects_).properties[name];
    property.node = node;
    if (!is(openapi_dialects)) continue;
    const Json& target = *all_.nodes[node].source;
    if (is_true(member(schema, "readOnly")) || is_true(member(target, "readOnly")))
      property.not_allowed_in |= direction_bit(Direction::request);
    if (is_true(member(schema, "writeOnly")) || is_true(member(target, "writeOnly")))
      property.not_allowed_in |= direction_bit(Direction::response);
  }
}

void NodeCompiler::pattern_properties(const Json& value) {
  for (const auto& [source, schema] : *value.get_ptr<const Json::object_t*>()) {
    if (!schema.is_object() && !schema.is_boolean()) {
      wrong_type(schema, "a schema");
      continue;
    }
    const std::uint32_t pattern = all_.pattern_of(source);
    made(objects_).patterns.push_back({pattern, child(schema, keyword_, source), source});
    const std::string& error = all_.patterns[pattern].error();
    if (!error.empty()) defect(fmt::format("The pattern {} is not evaluated: {}.", in_quotes(source), error));
  }
}

std::vector<std::string_view> NodeCompiler::names(const Json& list) {
  std::vector<std::string_view> found;
  for (const Json& name : list) {
    if (const auto* text = name.get_ptr<const std::string*>()) {
      found.push_back(*text);
    } else {
      wrong_type(name, "the name of a member");
    }
  }
  return found;
}

void NodeCompiler::required(const Json& value) {
  keyword_ = "required";
  if (!value.is_array()) return wrong_type(value, "a list of names");
  for (const std::string_view name : names(value)) made(objects_).properties[name].required_in = all_directions;
}

void NodeCompiler::dependencies(const Json& value) {
  if (!value.is_object()) return wrong_type(value, "an object");
  for (const auto& [name, needed] : *value.get_ptr<const Json::object_t*>()) {
    ObjectRules::Dependency dependency{.name = name, .required = {}, .node = none, .keyword = keyword_};
    const bool is_list = needed.is_array() && keyword_ != "dependentSchemas";
    const bool is_schema = (needed.is_object() || needed.is_boolean()) && keyword_ != "dependentRequired";
    if (is_list) {
      dependency.required = names(needed);
    } else if (is_schema) {
      dependency.node = child(needed, keyword_, name);
    } else {
      wrong_type(needed, keyword_ == "dependentRequired" ? "a list of names" : "a schema");
      continue;
    }
    made(objects_).dependencies.push_back(std::move(dependency));
  }
}

// --- References and alternatives -------------------------------------------------------------------------------------

void NodeCompiler::reference(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr) {
    defect(fmt::format("{} is {}, expected a reference.", keyword_, shown(value)), true);
    return;
  }
  const Target& target = all_.target_of(node_.resource, *text);
  if (target.schema == nullptr) return defect(target.problem, true);
  made(combined_).reference = all_.request(target);
}

void NodeCompiler::dynamic_reference(const Json& value, bool is_recursive) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr) {
    defect(fmt::format("{} is {}, expected a reference.", keyword_, shown(value)), true);
    return;
  }
  const Target& target = all_.target_of(node_.resource, *text);
  if (target.schema == nullptr) return defect(target.problem, true);
  const NodeId first = all_.request(target);
  const std::size_t hash = text->find('#');
  const std::string_view name =
      is_recursive || hash == std::string::npos ? "" : std::string_view{*text}.substr(hash + 1);
  const auto& anchors = all_.documents.resource(target.resource).anchors;
  const auto anchor = anchors.find(name);
  const bool is_dynamic =
      anchor != anchors.end() && anchor->second.is_dynamic && anchor->second.schema == target.schema;
  made(combined_).dynamic = {.first = first, .anchor = name, .candidates = {}, .keyword = keyword_};
  if (is_dynamic) all_.dynamic_nodes_.push_back(id_);
}

void NodeCompiler::discriminator(const Json& value) {
  keyword_ = "discriminator";
  const std::string* property = text_member(value, "propertyName");
  if (property == nullptr) return defect("discriminator has no propertyName.");
  if (!combined_) return;
  const bool is_any_of = combined_->one_of.empty();
  const std::vector<NodeId>& nodes = is_any_of ? combined_->any_of : combined_->one_of;
  const Json* written = member(source_, is_any_of ? "anyOf" : "oneOf");
  if (nodes.empty() || written == nullptr) return;
  Discriminator chooser{.property = *property, .alternatives = {}, .is_complete = true};
  name_alternatives(chooser, nodes, *written, member(value, "mapping"));
  combined_->discriminator = std::move(chooser);
}

void NodeCompiler::name_alternatives(Discriminator& chooser, const std::vector<NodeId>& nodes, const Json& written,
                                     const Json* mapping) {
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    if (const std::string* reference = text_member(written[i], "$ref")) {
      chooser.alternatives.emplace(last_segment(*reference), i);
    } else {
      chooser.is_complete = false;
    }
  }
  if (mapping == nullptr || !mapping->is_object()) return;
  for (const auto& [name, target] : *mapping->get_ptr<const Json::object_t*>()) {
    const auto* text = target.get_ptr<const std::string*>();
    if (text == nullptr) continue;
    const auto named = chooser.alternatives.find(last_segment(*text));
    const std::uint32_t chosen = named == chooser.alternatives.end() ? none : named->second;
    if (chosen != none) {
      chooser.alternatives.insert_or_assign(name, chosen);
    } else {
      chooser.is_complete = false;  // leads to what is no alternative here
    }
  }
}

// --- Schemas within --------------------------------------------------------------------------------------------------

const std::string* NodeCompiler::lone_reference(const Json& schema, ResourceId resource) const {
  const std::string* reference = text_member(schema, "$ref");
  const Dialect dialect = all_.documents.resource(resource).dialect;
  if (reference == nullptr || (bit(dialect) & with_lone_references) != 0) return reference;
  const auto& members = *schema.get_ptr<const Json::object_t*>();
  const bool says_more = std::ranges::any_of(members, [&](const auto& entry) {
    const KeywordInfo* info = find_keyword(entry.first, dialect);
    return info != nullptr && info->keyword != Keyword::reference && info->keyword != Keyword::annotation &&
           info->keyword != Keyword::definitions;
  });
  return says_more ? nullptr : reference;
}

NodeId NodeCompiler::child(const Json& schema, std::string_view key) {
  return child_at(schema, all_.documents.step(node_.place, key));
}
NodeId NodeCompiler::child(const Json& schema, std::string_view key, std::string_view name) {
  return child_at(schema, all_.documents.step(all_.documents.step(node_.place, key), name));
}
NodeId NodeCompiler::child(const Json& schema, std::string_view key, std::size_t index) {
  return child_at(schema, all_.documents.step(all_.documents.step(node_.place, key), index));
}

/// A schema that is nothing but a reference is what it leads to. Not across resources: `$dynamicRef` has to know the
/// way.
NodeId NodeCompiler::child_at(const Json& schema, PlaceId place) {
  Target target{
      .schema = &schema, .resource = all_.documents.resource_of(schema, node_.resource), .place = place, .problem = {}};
  for (int i = 0; i < longest_chain && target.resource == node_.resource && target.schema->is_object(); ++i) {
    const std::string* reference = lone_reference(*target.schema, target.resource);
    if (reference == nullptr) break;
    const Target& next = all_.target_of(target.resource, *reference);
    if (next.schema == nullptr) break;
    target = next;
  }
  return all_.request(target);
}

std::vector<NodeId> NodeCompiler::children(const Json& list) {
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].is_object() || list[i].is_boolean()) {
      nodes.push_back(child(list[i], keyword_, i));
    } else {
      wrong_type(list[i], "a schema");
    }
  }
  return nodes;
}

// --- The end ---------------------------------------------------------------------------------------------------------

void NodeCompiler::finish() {
  if (const Json* value = member(source_, "discriminator"); value != nullptr && is(openapi_dialects))
    discriminator(*value);
  if (const Json* value = member(source_, "required"); value != nullptr && has_validation_ && !is_lone_)
    required(*value);
  if (arrays_) finish_arrays();
  if (objects_) finish_objects();
  const auto put = [](auto& from, auto& arena, std::uint32_t& slot) {
    if (!from) return;
    slot = static_cast<std::uint32_t>(arena.size());
    arena.push_back(std::move(*from));
  };
  put(strings_, all_.strings, node_.strings);
  put(numbers_, all_.numbers, node_.numbers);
  put(arrays_, all_.arrays, node_.arrays);
  put(objects_, all_.objects, node_.objects);
  put(combined_, all_.combined, node_.combined);
  put(values_, all_.values, node_.values);
  node_.accepts_all =
      node_.types == 0xFFFF && node_.defects == none &&
      (node_.strings & node_.numbers & node_.arrays & node_.objects & node_.combined & node_.values) == none;
}

void NodeCompiler::finish_arrays() {
  if (arrays_->contains == none) {
    arrays_->min_contains = 0;
    arrays_->max_contains = SIZE_MAX;
  }
  node_.has_unevaluated |= arrays_->unevaluated != none;
}

void NodeCompiler::finish_objects() {
  for (Property& property : objects_->properties.all()) {
    property.required_in = static_cast<std::uint8_t>(property.required_in & ~property.not_allowed_in);
    for (std::size_t direction = 0; direction < objects_->required_counts.size(); ++direction)
      objects_->required_counts[direction] += property.required_in >> direction & 1;
  }
  node_.has_unevaluated |= objects_->unevaluated != none;
}

void NodeCompiler::wrong_type(const Json& value, std::string_view expected) {
  defect(fmt::format("{} is {}, expected {}; it is ignored.", keyword_, shown(value), expected));
}

void NodeCompiler::defect(std::string message, bool hinders) {
  if (all_.defects.size() > most_defects && !hinders) return;
  const auto index = static_cast<std::uint32_t>(std::min(all_.defects.size(), most_defects));
  if (all_.defects.size() < most_defects) {
    const PlaceId place = all_.documents.step(node_.place, keyword_);
    all_.defects.push_back({id_, place, std::string{keyword_}, std::move(message), hinders, none});
  } else if (all_.defects.size() == most_defects) {
    all_.defects.push_back(
        {id_, node_.place, {}, "There are too many defects in these schemas to tell them all.", true, none});
  }
  if (!hinders) return;
  if (node_.defects == none) {
    node_.defects = index;
  } else if (index < most_defects) {
    all_.defects[last_hindrance_].next = index;
  }
  last_hindrance_ = index;
}

}  // namespace plugvet::schema
